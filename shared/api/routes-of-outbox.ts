/**
 * The routes of the outbox: what the database says has changed.
 */

import { lazy } from '../primitives/lazy.ts';
import { OUTBOX, OUTBOX_DRAINED } from './outbox.ts';
import type { ApiProblem, RouteTable } from './route.ts';

const PROBLEMS: readonly ApiProblem[] = [
  { status: 502, code: 'OUTBOX_FAILED', says: 'The function failed; the detail has its words.' },
  {
    status: 503,
    code: 'OUTBOX_ABSENT',
    says: 'This edge has no outbox: the detail names the setting that is missing.',
  },
  {
    status: 503,
    code: 'OUTBOX_UNREACHABLE',
    says: 'The function cannot be reached, or gave no answer in time.',
  },
];

export const OUTBOX_ROUTES = lazy(
  () =>
    ({
      'GET /api/admin/outbox': {
        id: 'getOutbox',
        group: 'Cache',
        summary: 'How many changes of the database wait to be purged, and for how long',
        access: 'token',
        answers: { 200: { says: 'What waits.', body: OUTBOX } },
        problems: PROBLEMS,
      },
      'POST /api/admin/outbox/drain': {
        id: 'drainOutbox',
        group: 'Cache',
        summary: 'Purge what the database says has changed, now',
        details:
          'What was committed before the call is purged when it answers `current`. Any number of drains may run at once.',
        access: 'token',
        answers: { 200: { says: 'What was purged.', body: OUTBOX_DRAINED } },
        problems: PROBLEMS,
      },
    }) as const satisfies RouteTable,
);
