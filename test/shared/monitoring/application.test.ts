import parsePrometheus from 'parse-prometheus-text-format';
import { describe, expect, test } from 'vitest';
import { createMonitoring } from '../../../shared/monitoring/application.ts';
import { type Redis, RedisUnavailable } from '../../../shared/redis/redis.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createEngineRedis } from '../../fakes/engine-redis.ts';
import { createMixture } from './mixture.ts';

test('counters, gauges and timers, for Prometheus', async () => {
  const clock = createTestClock();
  const monitoring = createMonitoring({ clock });
  monitoring.counter('orders_total', { country: 'de' }).add();
  monitoring.counter('orders_total', { country: 'de' }).add(2);
  monitoring.gauge('queue_length').set(7);
  const stop = monitoring.timer('render_seconds').start();
  clock.advance(40);
  expect(stop()).toBe(40);
  const text = await monitoring.exposition();
  expect(text).toContain('orders_total{country="de"} 3\n');
  expect(text).toContain('queue_length 7\n');
  expect(text).toContain('render_seconds_sum 0.04\n');
  expect(parsePrometheus(text).map(({ type }) => type)).toEqual(['COUNTER', 'GAUGE', 'HISTOGRAM']);
});

describe('measureAsync', () => {
  test('times what is done, gives what it gives and throws what it throws', async () => {
    const clock = createTestClock();
    const monitoring = createMonitoring({ clock });
    const work = async () => {
      clock.advance(100);
      return 'done';
    };
    expect(await monitoring.measureAsync('load', work, { of: 'page' })).toBe('done');
    const fail = () =>
      monitoring.measureAsync('load', () => Promise.reject(new Error('broken')), { of: 'page' });
    await expect(fail()).rejects.toThrow('broken');
    expect(await monitoring.summary('load_seconds', { result: 'ok' })).toMatchObject({ count: 1, mean: 100 });
    expect(await monitoring.summary('load_seconds', { result: 'failed' })).toMatchObject({ count: 1 });
    expect(await monitoring.summary('load_seconds', { of: 'page' })).toMatchObject({ count: 2 });
  });
});

test('values are told by their percentiles, within 6 %', async () => {
  const monitoring = createMonitoring();
  const next = createMixture(7);
  const values = Array.from({ length: 20_000 }, next);
  for (const value of values) monitoring.recordMetric('basket_euros', value);
  const sorted = values.toSorted((a, b) => a - b);
  const summary = await monitoring.summary('basket_euros');
  expect(summary?.count).toBe(20_000);
  for (const [name, share] of [
    ['p50', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const)
    expect(Math.abs((summary?.[name] ?? 0) / (sorted[Math.ceil(share * 20_000) - 1] ?? 0) - 1)).toBeLessThan(
      0.06,
    );
});

test('processes that share a Redis count as one', async () => {
  const clock = createTestClock();
  const redis = await createEngineRedis(clock);
  const processes = [1, 2, 3].map(() => createMonitoring({ redis, clock }));
  for (const monitoring of processes) monitoring.counter('orders_total').add(10);
  await Promise.all(processes.map(monitoring => monitoring.flush()));
  for (const monitoring of processes) expect(await monitoring.exposition()).toContain('orders_total 30\n');
});

test('Redis that is away is nobody’s trouble but who wants to know all', async () => {
  const redis: Redis = { pipeline: () => Promise.reject(new RedisUnavailable('down')) };
  const monitoring = createMonitoring({ redis });
  monitoring.counter('orders_total').add();
  expect(await monitoring.measureAsync('load', () => 1)).toBe(1);
  await monitoring.flush();
  await expect(monitoring.exposition()).rejects.toThrow(RedisUnavailable);
});

test('counts leave by themselves, by what keeps work alive in a Worker', async () => {
  const clock = createTestClock();
  const redis = await createEngineRedis(clock);
  const behind: Promise<unknown>[] = [];
  const monitoring = createMonitoring({ redis, clock, intervalMs: 1, waitUntil: work => behind.push(work) });
  monitoring.counter('orders_total').add();
  monitoring.counter('orders_total').add();
  expect(behind).toHaveLength(1);
  await Promise.all(behind);
  const [stored] = await redis.pipeline([['HGET', 'headrace:1:metrics:total', 'orders_total']]);
  expect(new TextDecoder().decode(stored as Uint8Array)).toBe('c2');
});

test.each([
  ['a name with spaces', (m: ReturnType<typeof createMonitoring>) => m.counter('my orders')],
  ['a value that is none', (m: ReturnType<typeof createMonitoring>) => m.recordMetric('a', Number.NaN)],
  ['one name for two things', (m: ReturnType<typeof createMonitoring>) => [m.counter('a'), m.gauge('a')]],
])('%s is refused', (_, wrong) => {
  expect(() => wrong(createMonitoring())).toThrow(RangeError);
});

test('nothing was counted: no summary', async () => {
  expect(await createMonitoring().summary('a')).toBeUndefined();
});
