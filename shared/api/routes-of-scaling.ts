/**
 * The routes of what is scaled: its rules, what was decided, and a person's word over them.
 */

import { lazy } from '../primitives/lazy.ts';
import type { ApiProblem, RouteTable } from './route.ts';
import { OVERRIDDEN, OVERRIDE_BODY, OVERRIDE_ENDED, SCALING, SCALING_QUERY } from './scaling.ts';

const ABSENT: ApiProblem = {
  status: 503,
  code: 'SCALING_ABSENT',
  says: 'Nothing is scaled: headrace.config.ts names no target, or the Redis of the jobs is not set.',
};
const UNAVAILABLE: ApiProblem = {
  status: 503,
  code: 'SCALING_UNAVAILABLE',
  says: 'Redis does not answer: whether the override stands is not known. Do it again.',
};
const UNKNOWN: ApiProblem = {
  status: 404,
  code: 'SCALING_TARGET_UNKNOWN',
  says: 'headrace.config.ts has no such target.',
};

export const SCALING_ROUTES = lazy(
  () =>
    ({
      'GET /api/admin/scaling': {
        id: 'getScaling',
        group: 'Scaling',
        summary: 'What is scaled by which rules, what was decided last, and what would be decided now',
        details:
          'The dry run takes the readings that the query names (`?cpu=85&count=3`), and of the others what was measured here.',
        access: 'token',
        query: SCALING_QUERY,
        answers: { 200: { says: 'All targets.', body: SCALING } },
        problems: [
          { status: 400, code: 'SCALING_INVALID', says: 'A reading is no number.' },
          ABSENT,
          { ...UNAVAILABLE, says: 'Redis does not answer.' },
        ],
      },
      'PUT /api/admin/scaling/:target/override': {
        id: 'overrideScaling',
        group: 'Scaling',
        summary: 'So many of a target, until then, whatever its rules say',
        details: 'It is applied within a minute, outlives deployments, and ends by itself.',
        access: 'token',
        body: OVERRIDE_BODY,
        answers: { 200: { says: 'It stands.', body: OVERRIDDEN } },
        problems: [
          {
            status: 400,
            code: 'SCALING_INVALID',
            says: 'The body is not as described, or leaves the bounds of the rules.',
          },
          UNKNOWN,
          ABSENT,
          UNAVAILABLE,
        ],
      },
      'DELETE /api/admin/scaling/:target/override': {
        id: 'endScalingOverride',
        group: 'Scaling',
        summary: 'Leave a target to its rules again',
        access: 'token',
        answers: { 200: { says: '`ended` is false where there was no override.', body: OVERRIDE_ENDED } },
        problems: [UNKNOWN, ABSENT, UNAVAILABLE],
      },
    }) as const satisfies RouteTable,
);
