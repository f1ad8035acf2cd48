/**
 * What the health route answers, for everyone who asks.
 *
 * Units   latencies in milliseconds; score 0 to 100
 */

import * as z from 'zod';
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
          latencyMs: z.number().optional(),
          reason: z.string().optional().describe('Why it is degraded.'),
        }),
      )
      .describe('By what was asked: edge, redis, and each origin.'),
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
  return z.int().min(0).max(100).describe('The share of checks that passed, the origins’ counting double.');
}
