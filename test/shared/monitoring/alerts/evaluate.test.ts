import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  evaluateAlerts,
  MINUTES_NEEDED,
  type Minute,
} from '../../../../shared/monitoring/alerts/evaluate.ts';
import { ALERT_RULES } from '../../../../shared/monitoring/alerts/rules.ts';
import { bucketOf } from '../../../../shared/monitoring/buckets.ts';
import { minutesOf, repeat, requests, START } from './minutes.ts';

const verdictOf = (id: string, minutes: readonly Minute[]) =>
  evaluateAlerts(ALERT_RULES(), minutes).find(one => one.id === id);
const stateOf = (id: string, minutes: readonly Minute[]) => verdictOf(id, minutes)?.state;

/** So many answers of one duration. */
const answers = (count: number, ms: number) => ({
  'edge_request_duration_seconds{route="/a",served="origin"}': `t${count * ms * 1_000},${bucketOf(ms)}:${count}`,
});
const cache = (hits: number, misses: number) => ({
  'edge_requests_total{outcome="hit"}': `c${hits}`,
  'edge_requests_total{outcome="miss"}': `c${misses}`,
  'edge_requests_total{outcome="pass"}': 'c5000',
});
const gauge = (name: string, ...values: readonly number[]) =>
  Object.fromEntries(values.map((value, at) => [`${name}{type="${at}"}`, `g${value}`]));

describe('an alarm is true', () => {
  it.each<[string, readonly Record<string, string>[], readonly Record<string, string>[]]>([
    ['server-errors', repeat(5, requests(1_000, 11)), repeat(5, requests(1_000, 10))],
    ['server-errors-severe', repeat(5, requests(1_000, 51)), repeat(5, requests(1_000, 50))],
    ['response-time', repeat(5, answers(200, 1_001)), repeat(5, answers(200, 1_000))],
    ['response-time-severe', repeat(5, answers(200, 2_001)), repeat(5, answers(200, 2_000))],
    ['p95-latency', repeat(5, answers(200, 560)), repeat(5, answers(200, 500))],
    ['hit-ratio', repeat(15, cache(79, 21)), repeat(15, cache(80, 20))],
    ['hit-ratio-low', repeat(15, cache(59, 41)), repeat(15, cache(60, 40))],
    ['hit-ratio-severe', repeat(15, cache(49, 51)), repeat(15, cache(50, 50))],
    ['queue-length', repeat(5, gauge('jobs_waiting', 3, 1_001)), repeat(5, gauge('jobs_waiting', 900, 900))],
    [
      'oldest-job',
      repeat(5, gauge('jobs_oldest_waiting_seconds', 301)),
      repeat(5, gauge('jobs_oldest_waiting_seconds', 300)),
    ],
    ['dead-letters', [gauge('jobs_dead_letters', 0, 1)], [gauge('jobs_dead_letters', 0, 0)]],
    ['memory', repeat(3, { process_memory_ratio: 'g0.81' }), repeat(3, { process_memory_ratio: 'g0.8' })],
    [
      'memory-high',
      repeat(3, { process_memory_ratio: 'g0.86' }),
      repeat(3, { process_memory_ratio: 'g0.85' }),
    ],
    [
      'memory-severe',
      repeat(3, { process_memory_ratio: 'g0.91' }),
      repeat(3, { process_memory_ratio: 'g0.9' }),
    ],
    ['cpu', repeat(5, { process_cpu_ratio: 'g0.71' }), repeat(5, { process_cpu_ratio: 'g0.7' })],
    ['cpu-high', repeat(5, { process_cpu_ratio: 'g0.81' }), repeat(5, { process_cpu_ratio: 'g0.8' })],
    [
      'redis-breaker',
      [...repeat(4, {}), { edge_redis_breaker_opened_total: 'c1' }],
      repeat(5, { edge_redis_breaker_opened_total: 'c0' }),
    ],
    ['health', repeat(3, { health_checks_failed: 'g1' }), repeat(3, { health_checks_failed: 'g0' })],
    [
      'pool-use',
      repeat(3, { db_connections_used_ratio: 'g0.81' }),
      repeat(3, { db_connections_used_ratio: 'g0.8' }),
    ],
    ['outbox-lag', repeat(5, { outbox_lag_seconds: 'g61' }), repeat(5, { outbox_lag_seconds: 'g60' })],
    ['slow-queries', repeat(5, { db_slow_queries: 'g1' }), repeat(5, { db_slow_queries: 'g0' })],
    [
      'query-time',
      repeat(15, { db_queries_total: 'c10', db_query_seconds_total: 'c1.01' }),
      repeat(15, { db_queries_total: 'c10', db_query_seconds_total: 'c1' }),
    ],
    [
      'failed-jobs',
      repeat(15, { 'jobs_ended_total{outcome="dead"}': 'c1', 'jobs_ended_total{outcome="succeeded"}': 'c9' }),
      repeat(15, {
        'jobs_ended_total{outcome="dead"}': 'c1',
        'jobs_ended_total{outcome="succeeded"}': 'c19',
      }),
    ],
    [
      'invalidation-failures',
      [...repeat(4, {}), { 'jobs_ended_total{outcome="dead",type="invalidation"}': 'c1' }],
      repeat(5, { 'jobs_ended_total{outcome="dead",type="reports"}': 'c1' }),
    ],
    [
      'evictions',
      [...repeat(4, {}), { redis_evicted_keys_total: 'c1' }],
      repeat(5, { redis_evicted_keys_total: 'c0' }),
    ],
  ])('%s above its threshold, and not at it', (id, wrong, right) => {
    expect([stateOf(id, minutesOf(...wrong)), stateOf(id, minutesOf(...right))]).toEqual(['firing', 'ok']);
  });

  it('where enough of its periods are wrong, whichever: three of five', () => {
    const [bad, good] = [requests(1_000, 100), requests(1_000)];
    expect(stateOf('server-errors-severe', minutesOf(bad, good, bad, good, bad))).toBe('firing');
    expect(stateOf('server-errors-severe', minutesOf(bad, good, bad, good, good))).toBe('ok');
  });

  it('only of enough samples: nineteen requests say nothing', () => {
    expect(stateOf('server-errors-severe', minutesOf(...repeat(5, requests(19, 19))))).toBe('unmeasured');
    expect(stateOf('server-errors-severe', minutesOf(...repeat(5, requests(20, 20))))).toBe('firing');
  });

  it('since the first period of its window that was wrong', () => {
    const [bad, good] = [requests(1_000, 100), requests(1_000)];
    const verdict = verdictOf('server-errors-severe', minutesOf(good, good, bad, bad, bad));
    expect([verdict?.since, verdict?.value]).toEqual([START + 120_000, 10]);
  });

  it('for misses that surge over the hour before', () => {
    const hour = repeat(60, cache(100, 20));
    expect(stateOf('miss-surge', minutesOf(...hour, ...repeat(5, cache(100, 61))))).toBe('firing');
    expect(stateOf('miss-surge', minutesOf(...hour, ...repeat(5, cache(100, 60))))).toBe('ok');
    expect(stateOf('miss-surge', minutesOf(...repeat(5, cache(1, 500))))).toBe('unmeasured');
  });
});

describe('a deployment or a purge of everything', () => {
  const cold = repeat(15, cache(10, 90));
  const withQuiet = (at: number) =>
    minutesOf(
      ...cold.map((one, index) =>
        index === at ? { ...one, 'edge_quiet_total{reason="purge"}': 'c1' } : one,
      ),
    );

  it('explains a cold cache for a quarter of an hour, and nothing else', () => {
    expect(verdictOf('hit-ratio-severe', withQuiet(0))).toMatchObject({ state: 'firing', isQuiet: true });
    expect(verdictOf('hit-ratio-severe', minutesOf(...cold))).toMatchObject({
      state: 'firing',
      isQuiet: false,
    });
    const errors = minutesOf(
      ...repeat(5, { ...requests(1_000, 100), 'edge_quiet_total{reason="purge"}': 'c1' }),
    );
    expect(verdictOf('server-errors-severe', errors)).toMatchObject({ state: 'firing', isQuiet: false });
  });

  it('is over after fifteen minutes', () => {
    const [first, ...rest] = withQuiet(0);
    const later = minutesOf(...cold, cache(10, 90));
    const shifted = [first, ...rest, later.at(-1)].filter(one => one !== undefined);
    expect(verdictOf('hit-ratio-severe', shifted)).toMatchObject({ isQuiet: false });
  });
});

describe('whatever was counted', () => {
  const text = fc.oneof(
    fc.nat(5_000).map(n => `c${n}`),
    fc.double({ min: 0, max: 2, noNaN: true }).map(n => `g${n}`),
    fc
      .tuple(fc.nat(1e6), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 500 }))
      .map(([sum, at, n]) => `t${sum},${at}:${n}`),
  );
  const series = fc.constantFrom(
    'edge_requests_total{outcome="hit",status="2xx"}',
    'edge_requests_total{outcome="miss",status="5xx"}',
    'edge_request_duration_seconds{route="/a"}',
    'jobs_waiting{type="reports"}',
    'process_cpu_ratio',
    'edge_quiet_total{reason="deployment"}',
  );
  const minutes = fc
    .array(fc.dictionary(series, text), { maxLength: MINUTES_NEEDED })
    .map(all => minutesOf(...all));

  it('every rule has one verdict, the same when asked again, and a value wherever it is true', () => {
    fc.assert(
      fc.property(minutes, given => {
        const verdicts = evaluateAlerts(ALERT_RULES(), given);
        expect(verdicts.map(({ id }) => id)).toEqual(ALERT_RULES().map(({ id }) => id));
        expect(evaluateAlerts(ALERT_RULES(), given)).toEqual(verdicts);
        for (const { state, since, isQuiet } of verdicts)
          expect([since !== undefined, isQuiet && state !== 'firing']).toEqual([state === 'firing', false]);
      }),
      { numRuns: 60 },
    );
  });
});
