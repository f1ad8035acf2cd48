/**
 * The routes that purge and explain.
 */

import { lazy } from '../primitives/lazy.ts';
import { EXPLAIN_BODY, EXPLANATION, PURGE_BODY, PURGED } from './cache.ts';
import type { RouteTable } from './route.ts';

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
        problems: [
          { status: 400, code: 'PURGE_INVALID', says: 'The body is wrong; the detail names the field.' },
          { status: 413, code: 'PURGE_TOO_LARGE', says: 'More items or bytes than one purge may have.' },
          {
            status: 503,
            code: 'CACHE_PURGE_INCOMPLETE',
            says: 'Redis cannot be reached: only this isolate is purged. Send it again after Retry-After.',
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
