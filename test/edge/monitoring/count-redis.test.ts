import { describe, expect, test } from 'vitest';
import { billOf, countBreaker, countRedis, tripsOf } from '../../../edge/monitoring/count-redis.ts';
import { createRedisStore } from '../../../shared/cache/redis-store.ts';
import { createRedisMetricsStore } from '../../../shared/monitoring/redis-metrics-store.ts';
import { createRegistry } from '../../../shared/monitoring/registry.ts';
import { type Redis, type RedisCommand, RedisUnavailable } from '../../../shared/redis/redis.ts';
import { createBreaker } from '../../../shared/resilience/breaker.ts';
import { batch } from '../../contracts/metrics-store.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createEngineRedis, type EngineRedis } from '../../fakes/engine-redis.ts';

test('a trip is counted with what it took and what it is billed', async () => {
  const [registry, clock] = [createRegistry(), createTestClock()];
  const below: Redis = {
    async pipeline(commands) {
      clock.advance(3);
      return commands.map(() => 'OK');
    },
  };
  const redis = countRedis(below, { registry, clock, use: 'cache' });
  await redis.pipeline([
    ['GET', 'a'],
    ['SET', 'b', new Uint8Array(1)],
    ['GET', 'c'],
  ]);
  expect(Object.fromEntries(registry.take())).toEqual({
    'edge_redis_trips_total{result="answered",use="cache"}': 'c2',
    'edge_redis_commands_total{use="cache"}': 'c3',
    'edge_redis_duration_seconds{use="cache"}': expect.stringMatching(/^t3000,/),
  });
});

test('a failure is told to the caller, and counted as one', async () => {
  const registry = createRegistry();
  const below: Redis = { pipeline: () => Promise.reject(new RedisUnavailable('down')) };
  const redis = countRedis(below, { registry, clock: createTestClock(), use: 'cache' });
  await expect(redis.pipeline([['GET', 'a']])).rejects.toThrow('down');
  expect(registry.take().get('edge_redis_trips_total{result="failed",use="cache"}')).toBe('c1');
});

describe('the bill', () => {
  test.each<[RedisCommand, number]>([
    [['GET', 'a'], 1],
    [['EVALSHA', 'hash', 1, 'k'], 3],
    [['EVALSHA', 'hash', 5, 'a', 'b', 'c', 'd', 'mark'], 6],
    [['EVALSHA_RO', 'hash', 2, 'a', 'mark'], 3],
  ])('%j is %i commands, from above', (command, billed) => {
    expect(billOf(command, null)).toBe(billed);
  });

  /** What the engine really ran, and what is told of it. */
  async function both(work: (redis: Redis) => Promise<unknown>, use: 'cache' | 'metrics' = 'cache') {
    const clock = createTestClock();
    const engine: EngineRedis = await createEngineRedis(clock);
    const registry = createRegistry();
    const redis = countRedis(engine, { registry, clock, use });
    await work(redis);
    const taken = registry.take();
    const told = (name: string) =>
      Number([...taken].find(([series]) => series.startsWith(name))?.[1].slice(1));
    return {
      ran: engine.bill(),
      told: { trips: told('edge_redis_trips'), billed: told('edge_redis_commands') },
    };
  }

  test('of reading, writing and purging a page is what Redis ran, or not much more', async () => {
    const { ran, told } = await both(async redis => {
      const deps = { redis, clock: createTestClock(), createId: () => 'id', onEvent: () => {} };
      const store = createRedisStore<object>(deps, {
        keyPrefix: 'test',
        tagsTtlMs: 0,
        maxValueBytes: 10_000,
      });
      const lookup = { base: 'GET http://h/a', facets: new Map(), tags: ['url-a'] };
      const reading = await store.read(lookup);
      const value = { meta: {}, body: new Uint8Array(9), tags: ['url-a', 'more'], deadAt: 2_000_000_000_000 };
      await store.write({ lookup, reading, varies: [], value });
      await store.read(lookup);
      await store.purge(['url-a'], { soft: false });
    });
    expect(told.trips).toBe(ran.trips);
    expect(told.billed).toBeGreaterThanOrEqual(ran.billed);
    expect(told.billed - ran.billed).toBeLessThanOrEqual(2);
  });

  test.each([
    ['counts', 0, []],
    ['counts and notes', 0, ['note', 'another']],
    ['counts and notes that come late', 180_000, ['note']],
  ])('of %s is what Redis ran', async (_, lateMs, notes) => {
    const clock = createTestClock();
    const { ran, told } = await both(async redis => {
      const store = createRedisMetricsStore({ redis, clock }, 'test');
      for (const _ of [1, 2]) await store.add(batch(clock() - lateMs, { a: 'c1' }, notes));
    }, 'metrics');
    // Teaching Redis the script: it is sent twice the first time.
    expect([told.trips, ran.trips]).toEqual([3, 3]);
    expect(told.billed - ran.billed).toBeLessThanOrEqual(1);
    expect(told.billed).toBeGreaterThanOrEqual(ran.billed);
  });
});

test('bytes travel alone', () => {
  const bytes = new Uint8Array(1);
  expect(
    tripsOf([
      ['GET', 'a'],
      ['GET', 'b'],
    ]),
  ).toBe(1);
  expect(
    tripsOf([
      ['SET', 'a', bytes],
      ['SET', 'b', bytes],
    ]),
  ).toBe(2);
  expect(
    tripsOf([
      ['SET', 'a', bytes],
      ['GET', 'b'],
    ]),
  ).toBe(2);
  expect(tripsOf([])).toBe(0);
});

test('a breaker that opens is counted, and what it refuses', () => {
  const [registry, clock] = [createRegistry(), createTestClock()];
  const breaker = countBreaker(createBreaker({ clock, random: () => 0, failures: 2 }), registry);
  expect(breaker.permit()).toBe(true);
  breaker.record('failure');
  breaker.record('failure');
  expect([breaker.permit(), breaker.permit(), breaker.state()]).toEqual([false, false, 'open']);
  clock.advance(5_000);
  expect(breaker.permit()).toBe(true);
  breaker.record('failure');
  expect(Object.fromEntries(registry.take())).toEqual({
    edge_redis_breaker_opened_total: 'c2',
    edge_redis_refused_total: 'c2',
  });
});
