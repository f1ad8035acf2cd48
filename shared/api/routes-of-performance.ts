/**
 * The routes that tell how the edge is doing.
 */

import { lazy } from '../primitives/lazy.ts';
import { HEALTH } from './health.ts';
import type { RouteTable } from './route.ts';

export const PERFORMANCE_ROUTES = lazy(
  () =>
    ({
      'GET /api/performance/health': {
        id: 'getHealth',
        group: 'Performance',
        summary: 'Whether the edge serves, and what behind it can be reached',
        access: 'everyone',
        answers: {
          200: { says: 'The edge serves; what is degraded says why.', body: HEALTH },
          503: { says: 'The edge cannot serve: a setting is wrong.', body: HEALTH },
        },
      },
    }) as const satisfies RouteTable,
);
