/**
 * What the health route answers, for everyone who asks: `unhealthy`, with 503, only where the edge itself cannot serve.
 *
 * Units   latencies in milliseconds; score 0 to 100
 */

import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';

export const HEALTH = lazy(() =>
  z.object({
    status: z.enum(['healthy', 'degraded', 'unhealthy']),
    score: z
      .int()
      .check(
        z.minimum(0),
        z.maximum(100),
        z.describe('The share of checks that passed, the origins’ counting double.'),
      ),
    checks: z
      .record(
        z.string(),
        z.object({
          status: z.enum(['healthy', 'degraded', 'unhealthy', 'absent']),
          latencyMs: z.optional(z.number()),
          reason: z.optional(z.string().check(z.describe('Why it is not healthy.'))),
        }),
      )
      .check(z.describe('By what was asked: edge, redis, jobs where there are any, and each origin.')),
  }),
);
