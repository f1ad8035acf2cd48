/**
 * The routes that purge and explain.
 */

import { lazy } from '../primitives/lazy.ts';
import {
  EXPLAIN_BODY,
  EXPLANATION,
  INVALIDATE_BODY,
  INVALIDATE_HEADERS,
  INVALIDATED,
  PURGE_BODY,
  PURGED,
} from './cache.ts';
import type { ApiProblem, RouteTable } from './route.ts';

const INVALID: ApiProblem = {
  status: 400,
  code: 'PURGE_INVALID',
  says: 'The body is wrong; the detail names the field.',
};
const TOO_LARGE: ApiProblem = {
  status: 413,
  code: 'PURGE_TOO_LARGE',
  says: 'More items or bytes than one purge may have.',
};
const INCOMPLETE: ApiProblem = {
  status: 503,
  code: 'CACHE_PURGE_INCOMPLETE',
  says: 'Redis cannot be reached: only this isolate is purged. Send it again after Retry-After.',
};

export const CACHE_ROUTES = lazy(
  () =>
    ({
      'POST /api/admin/cache/purge': {
        id: 'purgeCache',
        group: 'Cache',
        summary: 'Remove what a selector names from every level, or make it stale',
        details: 'One Redis command whatever it reaches; a search for patterns takes as many as its walk.',
        access: 'token',
        body: PURGE_BODY,
        answers: { 202: { says: 'Purged here; the others learn of it within tagsTtl.', body: PURGED } },
        problems: [INVALID, TOO_LARGE, INCOMPLETE],
      },
      'POST /api/admin/cache/invalidate': {
        id: 'invalidateCdns',
        group: 'Cache',
        summary: 'Purge, and have every CDN of headrace.config.ts do the same',
        details:
          'From the inside out: Redis, this isolate, the cache in front, then the other CDNs by a job. Its row tells of each CDN the state, requests, items and errors.',
        access: 'token',
        headers: INVALIDATE_HEADERS,
        body: INVALIDATE_BODY,
        answers: { 202: { says: 'Purged here, and the job is accepted.', body: INVALIDATED } },
        problems: [
          INVALID,
          { status: 400, code: 'CDN_NOT_CONFIGURED', says: 'headrace.config.ts has no CDN of this name.' },
          {
            status: 400,
            code: 'JOB_KEY_INVALID',
            says: 'Idempotency-Key is not 1 to 255 visible characters.',
          },
          TOO_LARGE,
          {
            status: 413,
            code: 'JOB_PAYLOAD_TOO_LARGE',
            says: 'There is no place for a job as large as this.',
          },
          {
            status: 422,
            code: 'JOB_KEY_REUSED',
            says: 'The key came before, with something else to invalidate.',
          },
          INCOMPLETE,
          {
            status: 503,
            code: 'CDN_INVALIDATION_UNSENT',
            says: 'Purged here, but the job was not accepted: the CDNs know nothing. Send it again.',
          },
          {
            status: 503,
            code: 'JOBS_ABSENT',
            says: 'A setting is missing for jobs, and the detail names it.',
          },
        ],
      },
      'POST /api/admin/cache/explain': {
        id: 'explainRequest',
        group: 'Cache',
        summary: 'What the cache would do with a request, and why',
        details: 'Reads what is stored, asks no origin and changes nothing.',
        access: 'token',
        body: EXPLAIN_BODY,
        answers: { 200: { says: 'The decision, its grounds, and both in words.', body: EXPLANATION } },
        problems: [
          { status: 400, code: 'EXPLAIN_INVALID', says: 'The body is wrong; the detail names the field.' },
        ],
      },
    }) as const satisfies RouteTable,
);
