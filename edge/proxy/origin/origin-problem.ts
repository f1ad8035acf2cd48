/**
 * Says that the origin gave no answer, and whose setting that concerns.
 *
 * Errors  502 ORIGIN_UNREACHABLE, 502 ORIGIN_ANSWER_INVALID, 504 ORIGIN_TIMEOUT
 * Source  RFC 9110 §15.6.3, §15.6.5; RFC 9457
 */

import { type CacheStatus, formatCacheStatus } from '../../../shared/http/cache-status.ts';
import { problemResponse } from '../../problem-response.ts';
import { noteFailure } from '../account.ts';
import type { Exchange } from '../exchange.ts';
import type { OriginFailure } from './fetch-origin.ts';

export function originProblem(
  { origin, account }: Pick<Exchange, 'origin' | 'account'>,
  { why }: OriginFailure,
  status: CacheStatus,
): Response {
  noteFailure(account, status);
  const { says, ...described } = PROBLEMS[why];
  const title = `The origin '${origin.name}' ${says}`;
  return problemResponse({ ...described, title }, { 'cache-status': formatCacheStatus(status) });
}

const PROBLEMS = {
  timeout: { status: 504, code: 'ORIGIN_TIMEOUT', says: 'did not answer in time' },
  unreachable: { status: 502, code: 'ORIGIN_UNREACHABLE', says: 'cannot be reached' },
  invalid: { status: 502, code: 'ORIGIN_ANSWER_INVALID', says: 'gave an answer that cannot be passed on' },
} as const;
