/**
 * The figures that the performance routes share, each with what it counts.
 *
 * Units   durations in ms, instants epoch ms, sizes in bytes, ratios from 0 to 1; null where there was nothing to measure
 */

import * as z from 'zod/mini';

export const OUTCOMES = [
  'hit',
  'stale',
  'stale-if-error',
  'revalidated',
  'coalesced',
  'miss',
  'pass',
  'error',
  'refused',
] as const;

/** What can be foreseen of them while the cache only looks on. */
export const OBSERVED = ['hit', 'stale', 'revalidated', 'miss', 'pass', 'refused'] as const;

export const STATUS_CLASSES = ['2xx', '3xx', '4xx', '5xx', 'other'] as const;

export function scopeOfFigures() {
  return z.object({
    window: z.nullable(z.string()).check(z.describe('Null where no window was asked for.')),
    fromAt: z.int(),
    toAt: z.int(),
    counts: z
      .enum(['all-isolates', 'this-isolate'])
      .check(z.describe('Whose requests: `this-isolate` where Redis is absent or does not answer.')),
    reason: z.nullable(z.string()).check(z.describe('Why it is this isolate alone.')),
  });
}

export function requestFigures() {
  return z.object({
    total: z.int(),
    perSecond: z.number(),
    errors: counted('Answers with a status of 500 or above.'),
    errorRatio: ratio('Of all.'),
    byStatus: z
      .record(z.enum(STATUS_CLASSES), z.int())
      .check(z.describe('All five are there, also those with none.')),
  });
}

export function cacheFigures() {
  return z.object({
    hitRatio: ratio('Fresh and stale answers from the cache, of all that the cache had a say in.'),
    byLevel: z.object({ memory: levelFigures(), redis: levelFigures() }),
    outcomes: z.record(z.enum(OUTCOMES), z.int()).check(z.describe('All are there, also those with none.')),
    observed: z
      .nullable(z.object({ hitRatio: ratio('As above.'), outcomes: z.record(z.enum(OBSERVED), z.int()) }))
      .check(
        z.describe(
          'What the cache would have done while HEADRACE_MODE was observe; null where it did not only look on. At least so many hits: who asks at the same time would share one load.',
        ),
      ),
  });
}

function levelFigures() {
  return z.object({ hits: z.int(), hitRatio: ratio('Of all that the cache had a say in.') });
}

export function latencyFigures(says: string) {
  const ms = () => z.nullable(z.number());
  return z
    .object({ meanMs: ms(), p50Ms: ms(), p95Ms: ms(), p99Ms: ms() })
    .check(z.describe(`${says} Percentiles are within 6 %.`));
}

export function originFigures() {
  return z.object({
    requests: counted('Asked, refreshes behind the clients’ backs included.'),
    failures: counted('Timeouts, connections refused or lost, and statuses of 500 or above.'),
    latency: latencyFigures('Until its answer began.'),
    offloadRatio: ratio('Requests that were answered without the origin, of all.'),
    bytesFromOrigin: counted('Sent to clients from the origin’s answers.'),
    bytesFromCache: counted('Sent to clients from the cache.'),
    bytesOffloadRatio: ratio('Bytes from the cache, of both.'),
    unsized: counted('Answers of a length unknown beforehand: in neither of the sums of bytes.'),
  });
}

export function redisFigures() {
  return z.object({
    trips: counted('HTTP requests to Redis.'),
    billedCommands: counted('As Upstash counts them, from above.'),
    commandsPerRequest: z.nullable(z.number()),
    usdPer100kCommands: z
      .number()
      .check(z.describe('The rate used here: metrics.redisUsdPer100kCommands in headrace.config.ts.')),
    usdPerMillionRequests: z.nullable(z.number()),
    failures: counted('Trips without an answer.'),
    latency: latencyFigures('Of a trip.'),
    breaker: z
      .enum(['closed', 'open', 'half-open', 'absent'])
      .check(z.describe('Of the isolate that answers, now: open while it leaves Redis alone.')),
    breakerOpened: counted('How often it opened, in all isolates.'),
  });
}

function counted(says: string) {
  return z.int().check(z.describe(says));
}

export function ratio(says: string) {
  return z.nullable(z.number().check(z.minimum(0), z.maximum(1))).check(z.describe(says));
}
