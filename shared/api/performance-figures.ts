/**
 * The figures that the performance routes share, each with what it counts.
 *
 * Units   durations in ms, instants epoch ms, sizes in bytes, ratios from 0 to 1; null where there was nothing to measure
 */

import * as z from 'zod';

export function scopeOfFigures() {
  return z.object({
    window: z.string().nullable().describe('Null where no window was asked for.'),
    fromAt: z.int(),
    toAt: z.int(),
    counts: z
      .enum(['all-isolates', 'this-isolate'])
      .describe('Whose requests: `this-isolate` where Redis is absent or does not answer.'),
    reason: z.string().nullable().describe('Why it is this isolate alone.'),
  });
}

export function requestFigures() {
  return z.object({
    total: z.int(),
    perSecond: z.number(),
    errors: z.int().describe('Answers with a status of 500 or above.'),
    errorRatio: ratio(),
    byStatus: z
      .record(z.enum(['2xx', '3xx', '4xx', '5xx', 'other']), z.int())
      .describe('All five are there, also those with none.'),
  });
}

export function cacheFigures() {
  return z.object({
    hitRatio: ratio().describe('Fresh and stale answers from the cache, of all that the cache had a say in.'),
    byLevel: z.object({ memory: levelFigures(), redis: levelFigures() }),
    outcomes: z
      .record(
        z.enum([
          'hit',
          'stale',
          'stale-if-error',
          'revalidated',
          'coalesced',
          'miss',
          'pass',
          'error',
          'refused',
        ]),
        z.int(),
      )
      .describe('All are there, also those with none.'),
  });
}

function levelFigures() {
  return z.object({ hits: z.int(), hitRatio: ratio() });
}

export function latencyFigures() {
  return z.object({
    meanMs: z.number().nullable(),
    p50Ms: z.number().nullable(),
    p95Ms: z.number().nullable(),
    p99Ms: z.number().nullable(),
  });
}

export function originFigures() {
  return z.object({
    requests: z.int().describe('Asked, refreshes behind the clients’ backs included.'),
    failures: z.int().describe('Timeouts, connections refused or lost, and statuses of 500 or above.'),
    latency: latencyFigures().describe('Until its answer began.'),
    offloadRatio: ratio().describe('Requests that the origin was not asked for, of all.'),
    bytesFromOrigin: z.int().describe('Sent to clients from the origin’s answers.'),
    bytesFromCache: z.int().describe('Sent to clients from the cache.'),
    bytesOffloadRatio: ratio(),
    unsized: z.int().describe('Answers of a length unknown beforehand: in neither of the sums of bytes.'),
  });
}

export function redisFigures() {
  return z.object({
    trips: z.int().describe('HTTP requests to Redis.'),
    billedCommands: z.int().describe('As Upstash counts them, from above.'),
    commandsPerRequest: z.number().nullable(),
    usdPer100kCommands: z
      .number()
      .describe('The rate used here: metrics.redisUsdPer100kCommands in headrace.config.ts.'),
    usdPerMillionRequests: z.number().nullable(),
    failures: z.int().describe('Trips without an answer.'),
    latency: latencyFigures(),
    breaker: z
      .enum(['closed', 'open', 'half-open', 'absent'])
      .describe('Of the isolate that answers, now: open while it leaves Redis alone.'),
    breakerOpened: z.int().describe('How often it opened, in all isolates.'),
  });
}

function ratio() {
  return z.number().min(0).max(1).nullable();
}
