/**
 * Says that the origin gave no answer, and whose setting that concerns.
 *
 * Errors  502 ORIGIN_UNREACHABLE, 504 ORIGIN_TIMEOUT
 * Source  RFC 9110 §15.6.3, §15.6.5; RFC 9457
 */

import type { Origin } from '../../shared/config/plan.ts';
import { type CacheStatus, formatCacheStatus } from '../../shared/http/cache-status.ts';
import { problemResponse } from '../problem-response.ts';
import type { OriginFailure } from './fetch-origin.ts';

export function originProblem(origin: Origin, { why }: OriginFailure, status: CacheStatus): Response {
  const described =
    why === 'timeout'
      ? { status: 504, code: 'ORIGIN_TIMEOUT', title: `The origin '${origin.name}' did not answer in time` }
      : { status: 502, code: 'ORIGIN_UNREACHABLE', title: `The origin '${origin.name}' cannot be reached` };
  return problemResponse(described, { 'cache-status': formatCacheStatus(status) });
}
