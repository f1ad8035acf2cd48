/**
 * The edge's figures, from what was counted.
 *
 * Shape   samples of a stretch of time -> the parts of the performance API's answers
 * Units   as shared/api/performance.ts says
 * Errors  none (total)
 */

import type { RouteFigures, Stats, TrendPoint } from '../api/performance.ts';
import { OBSERVED, OUTCOMES, STATUS_CLASSES } from '../api/performance-figures.ts';
import { DECIDED, HITS } from './alerts/measures.ts';
import type { Samples } from './sample.ts';
import type { Labels } from './series.ts';
import { createTally, latencyOf, ratioOf, type Tally } from './tally.ts';

export interface FigureOptions {
  readonly lastingMs: number;
  readonly usdPer100kCommands: number;
  readonly breaker: Stats['redis']['breaker'];
}

export function edgeFigures(samples: Samples, options: FigureOptions): Omit<Stats, 'scope'> {
  const tally = createTally(samples);
  return {
    requests: requestsOf(tally, options),
    cache: cacheOf(tally),
    latency: latencyOf(tally.spread('edge_request_duration_seconds')),
    origin: originOf(tally),
    redis: redisOf(tally, options),
  };
}

/** The busiest first. */
export function routeFigures(samples: Samples): readonly RouteFigures[] {
  const tally = createTally(samples);
  const routes = tally.valuesOf(REQUESTS, 'route').map(route => {
    const requests = tally.counter(REQUESTS, { route });
    return {
      route,
      requests,
      hitRatio: hitRatioOf(tally, { route }),
      observedHitRatio: ratioOf(hitsOf(tally, { route }, WOULD_BE), decidedOf(tally, { route }, WOULD_BE)),
      errorRatio: ratioOf(tally.counter(REQUESTS, { route, status: '5xx' }), requests),
      latency: latencyOf(tally.spread('edge_request_duration_seconds', { route })),
    };
  });
  return routes.sort((a, b) => b.requests - a.requests);
}

export function trendPoint(at: number, samples: Samples): TrendPoint {
  const tally = createTally(samples);
  const { p50Ms, p95Ms, p99Ms } = latencyOf(tally.spread('edge_request_duration_seconds'));
  return {
    at,
    requests: tally.counter(REQUESTS),
    errors: tally.counter(REQUESTS, { status: '5xx' }),
    hitRatio: hitRatioOf(tally),
    originRequests: tally.counter('edge_origin_requests_total'),
    p50Ms,
    p95Ms,
    p99Ms,
  };
}

const REQUESTS = 'edge_requests_total';
const WOULD_BE = 'edge_observed_total';

function hitsOf(tally: Tally, where: Labels = {}, counted = REQUESTS): number {
  return HITS.reduce((sum, outcome) => sum + tally.counter(counted, { ...where, outcome }), 0);
}

function decidedOf(tally: Tally, where: Labels = {}, counted = REQUESTS): number {
  return DECIDED.reduce((sum, outcome) => sum + tally.counter(counted, { ...where, outcome }), 0);
}

function hitRatioOf(tally: Tally, where: Labels = {}): number | null {
  return ratioOf(hitsOf(tally, where), decidedOf(tally, where));
}

function requestsOf(tally: Tally, { lastingMs }: FigureOptions): Stats['requests'] {
  const total = tally.counter(REQUESTS);
  const errors = tally.counter(REQUESTS, { status: '5xx' });
  return {
    total,
    perSecond: lastingMs > 0 ? Number(((total * 1_000) / lastingMs).toPrecision(3)) : 0,
    errors,
    errorRatio: ratioOf(errors, total),
    byStatus: each(STATUS_CLASSES, status => tally.counter(REQUESTS, { status })),
  };
}

function cacheOf(tally: Tally): Stats['cache'] {
  const levelOf = (level: string) => {
    const hits = hitsOf(tally, { level });
    return { hits, hitRatio: ratioOf(hits, decidedOf(tally)) };
  };
  return {
    hitRatio: hitRatioOf(tally),
    byLevel: { memory: levelOf('memory'), redis: levelOf('redis') },
    outcomes: each(OUTCOMES, outcome => tally.counter(REQUESTS, { outcome })),
    observed: observedOf(tally),
  };
}

function observedOf(tally: Tally): Stats['cache']['observed'] {
  if (tally.counter(WOULD_BE) === 0) return null;
  return {
    hitRatio: ratioOf(hitsOf(tally, {}, WOULD_BE), decidedOf(tally, {}, WOULD_BE)),
    outcomes: each(OBSERVED, outcome => tally.counter(WOULD_BE, { outcome })),
  };
}

function originOf(tally: Tally): Stats['origin'] {
  const asked = tally.counter('edge_origin_requests_total');
  const wanted = tally.counter(REQUESTS) - tally.counter(REQUESTS, { outcome: 'refused' });
  const bytes = (served: string) => tally.counter('edge_response_bytes_total', { served });
  return {
    requests: asked,
    failures: asked - tally.counter('edge_origin_requests_total', { result: 'answered' }),
    latency: latencyOf(tally.spread('edge_origin_duration_seconds')),
    offloadRatio: ratioOf(wanted - asked, wanted),
    bytesFromOrigin: bytes('origin'),
    bytesFromCache: bytes('cache'),
    bytesOffloadRatio: ratioOf(bytes('cache'), bytes('cache') + bytes('origin')),
    unsized: tally.counter('edge_responses_unsized_total'),
  };
}

function redisOf(tally: Tally, { usdPer100kCommands, breaker }: FigureOptions): Stats['redis'] {
  const billedCommands = tally.counter('edge_redis_commands_total');
  const requests = tally.counter(REQUESTS);
  const each = requests > 0 ? billedCommands / requests : null;
  return {
    trips: tally.counter('edge_redis_trips_total'),
    billedCommands,
    commandsPerRequest: each,
    usdPer100kCommands,
    usdPerMillionRequests: each === null ? null : each * 10 * usdPer100kCommands,
    failures: tally.counter('edge_redis_trips_total', { result: 'failed' }),
    latency: latencyOf(tally.spread('edge_redis_duration_seconds')),
    breaker,
    breakerOpened: tally.counter('edge_redis_breaker_opened_total'),
  };
}

function each<Name extends string>(
  names: readonly Name[],
  count: (name: Name) => number,
): Record<Name, number> {
  return Object.fromEntries(names.map(name => [name, count(name)])) as Record<Name, number>;
}
