/**
 * What the health route answers, for everyone who asks.
 *
 * Units   latencies in milliseconds; score 0 to 100
 */

import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';

export const HEALTH = lazy(() =>
  z.object({
    status: z.enum(['healthy', 'degraded']),
    score: score(),
    checks: z
      .record(
        z.string(),
        z.object({
          status: z.enum(['healthy', 'degraded', 'absent']),
          latencyMs: z.optional(z.number()),
          reason: z.optional(z.string().check(z.describe('Why it is degraded.'))),
        }),
      )
      .check(z.describe('By what was asked: edge, redis, and each origin.')),
  }),
);

export const UNHEALTHY = lazy(() =>
  z.object({
    status: z.literal('unhealthy'),
    score: score(),
    checks: z.object({ edge: z.object({ status: z.literal('unhealthy'), reason: z.string() }) }),
  }),
);

function score() {
  const says = 'The share of checks that passed, the origins’ counting double.';
  return z.int().check(z.minimum(0), z.maximum(100), z.describe(says));
}
