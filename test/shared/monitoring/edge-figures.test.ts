import { describe, expect, test } from 'vitest';
import { edgeFigures, routeFigures, trendPoint } from '../../../shared/monitoring/edge-figures.ts';
import { parseSamples } from '../../../shared/monitoring/sample.ts';

const asked = (route: string, outcome: string, level = 'none', status = '2xx') =>
  `edge_requests_total{level="${level}",method="GET",outcome="${outcome}",route="${route}",status="${status}"}`;

/** Written by hand: a hundred requests, and what became of them. */
const HUNDRED = parseSamples([
  [asked('/p', 'hit', 'memory'), 'c60'],
  [asked('/p', 'hit', 'redis'), 'c8'],
  [asked('/p', 'stale', 'memory'), 'c2'],
  [asked('/p', 'miss'), 'c10'],
  [asked('/p', 'coalesced'), 'c5'],
  [asked('/p', 'revalidated'), 'c3'],
  [asked('/p', 'stale-if-error'), 'c2'],
  [asked('/q', 'pass', 'none', '3xx'), 'c4'],
  [asked('/q', 'error', 'none', '5xx'), 'c1'],
  [asked('other', 'refused', 'none', '4xx'), 'c5'],
  ['edge_request_duration_seconds{route="/p",served="cache"}', 't0,0:70'],
  ['edge_request_duration_seconds{route="/p",served="origin"}', 't2000000,47:20'],
  ['edge_response_bytes_total{served="cache"}', 'c900'],
  ['edge_response_bytes_total{served="origin"}', 'c100'],
  ['edge_responses_unsized_total', 'c3'],
  ['edge_origin_requests_total{origin="default",result="answered"}', 'c16'],
  ['edge_origin_requests_total{origin="default",result="5xx"}', 'c2'],
  ['edge_origin_requests_total{origin="other",result="timeout"}', 'c1'],
  ['edge_redis_trips_total{result="answered",use="cache"}', 'c30'],
  ['edge_redis_trips_total{result="failed",use="metrics"}', 'c1'],
  ['edge_redis_commands_total{use="cache"}', 'c40'],
  ['edge_redis_commands_total{use="metrics"}', 'c11'],
  ['edge_redis_breaker_opened_total', 'c1'],
]);
const options = { lastingMs: 50_000, usdPer100kCommands: 0.2, breaker: 'closed' } as const;

describe('a hundred requests', () => {
  const figures = edgeFigures(HUNDRED, options);

  test('in all', () => {
    expect(figures.requests).toEqual({
      total: 100,
      perSecond: 2,
      errors: 1,
      errorRatio: 0.01,
      byStatus: { '2xx': 90, '3xx': 4, '4xx': 5, '5xx': 1, other: 0 },
    });
  });

  test('while the cache looks on, tell what it would have done, for all and by route', () => {
    const would = (route: string, outcome: string) =>
      `edge_observed_total{outcome="${outcome}",route="${route}"}`;
    const observed = parseSamples([
      [asked('/p', 'pass'), 'c100'],
      [would('/p', 'hit'), 'c60'],
      [would('/p', 'stale'), 'c6'],
      [would('/p', 'revalidated'), 'c4'],
      [would('/p', 'miss'), 'c20'],
      [would('/q', 'pass'), 'c10'],
    ]);
    expect(edgeFigures(observed, options).cache).toMatchObject({
      hitRatio: null,
      observed: {
        hitRatio: 66 / 90,
        outcomes: { hit: 60, stale: 6, revalidated: 4, miss: 20, pass: 10, refused: 0 },
      },
    });
    expect(routeFigures(observed)[0]).toMatchObject({ hitRatio: null, observedHitRatio: 66 / 90 });
    expect(figures.cache.observed).toBeNull();
  });

  test('at the cache: what it had no say in counts for nothing', () => {
    expect(figures.cache.hitRatio).toBeCloseTo(70 / 90);
    expect(figures.cache.byLevel.memory).toEqual({ hits: 62, hitRatio: 62 / 90 });
    expect(figures.cache.byLevel.redis).toEqual({ hits: 8, hitRatio: 8 / 90 });
    expect(figures.cache.outcomes).toEqual({
      hit: 68,
      stale: 2,
      'stale-if-error': 2,
      revalidated: 3,
      coalesced: 5,
      miss: 10,
      pass: 4,
      error: 1,
      refused: 5,
    });
  });

  test('at the origin: refreshes count, what was refused was never wanted of it', () => {
    expect(figures.origin).toMatchObject({
      requests: 19,
      failures: 3,
      offloadRatio: (95 - 19) / 95,
      bytesFromOrigin: 100,
      bytesFromCache: 900,
      bytesOffloadRatio: 0.9,
      unsized: 3,
    });
  });

  test('at Redis, with what a million would cost', () => {
    expect(figures.redis).toMatchObject({
      trips: 31,
      billedCommands: 51,
      commandsPerRequest: 0.51,
      failures: 1,
      breaker: 'closed',
      breakerOpened: 1,
    });
    // 510,000 commands at 20 cents for 100,000.
    expect(figures.redis.usdPerMillionRequests).toBeCloseTo(1.02);
  });

  test('in time', () => {
    expect(figures.latency).toMatchObject({ meanMs: expect.closeTo(2_000 / 90, 0), p50Ms: 0 });
    expect(figures.latency.p95Ms).toBeGreaterThan(90);
  });
});

test('routes, the busiest first', () => {
  const routes = routeFigures(HUNDRED);
  expect(routes.map(({ route, requests }) => [route, requests])).toEqual([
    ['/p', 90],
    ['/q', 5],
    ['other', 5],
  ]);
  expect(routes[0]?.hitRatio).toBeCloseTo(70 / 90);
  expect(routes[1]).toMatchObject({ hitRatio: null, errorRatio: 0.2 });
});

test('a point of a trend', () => {
  expect(trendPoint(7, HUNDRED)).toMatchObject({
    at: 7,
    requests: 100,
    errors: 1,
    originRequests: 19,
    p50Ms: 0,
  });
});

test('nothing is null where it would be a part of nothing, else 0', () => {
  const figures = edgeFigures(new Map(), { ...options, lastingMs: 0 });
  expect(figures.requests).toMatchObject({ total: 0, perSecond: 0, errorRatio: null });
  expect([figures.cache.hitRatio, figures.origin.offloadRatio, figures.redis.usdPerMillionRequests]).toEqual([
    null,
    null,
    null,
  ]);
  expect([routeFigures(new Map()), trendPoint(0, new Map()).p99Ms]).toEqual([[], null]);
});
