import { describe, expect, test } from 'vitest';
import { createFlushing } from '../../../shared/monitoring/flushing.ts';
import { createMemoryMetricsStore } from '../../../shared/monitoring/memory-metrics-store.ts';
import type { MetricsStore } from '../../../shared/monitoring/metrics-store.ts';
import { FINE, spanOf, startOf } from '../../../shared/monitoring/period.ts';
import { createRedisMetricsStore } from '../../../shared/monitoring/redis-metrics-store.ts';
import { createRegistry } from '../../../shared/monitoring/registry.ts';
import { countOf } from '../../../shared/monitoring/sample.ts';
import { createSeededRandom } from '../../../shared/primitives/seeded-random.ts';
import { createGuardedRedis } from '../../../shared/redis/guarded-redis.ts';
import { type Redis, RedisError, RedisUnavailable } from '../../../shared/redis/redis.ts';
import { createBreaker } from '../../../shared/resilience/breaker.ts';
import { withChaos } from '../../fakes/chaos.ts';
import { createTestClock, type TestClock } from '../../fakes/clock.ts';
import { createEngineRedis } from '../../fakes/engine-redis.ts';

let ids = 0;

/** An isolate that counts; its timers ring when the test says so. */
function createIsolate(shared: MetricsStore | undefined, clock: TestClock) {
  const registry = createRegistry();
  const own = createMemoryMetricsStore();
  const timers: (() => void)[] = [];
  const behind: Promise<unknown>[] = [];
  const notes: string[] = [];
  const flushing = createFlushing({
    registry,
    own,
    shared,
    clock,
    createId: () => `id-${ids++}`,
    sleep: () => new Promise(resolve => timers.push(() => resolve(undefined))),
    takeNotes: () => notes.splice(0),
  });
  const asked = registry.slot('counter', 'asked_total');
  const took = registry.slot('durations', 'took');
  return {
    registry,
    own,
    flush: flushing.flush,
    timers,
    note: (text: string) => notes.push(text),
    request(ms = 3) {
      flushing.begin(clock());
      registry.add(asked);
      registry.observe(took, ms);
      flushing.counted(clock(), work => void behind.push(work));
    },
    async ring() {
      for (const timer of timers.splice(0)) timer();
      await Promise.all(behind.splice(0));
    },
  };
}

async function totals(store: MetricsStore) {
  const samples = await store.total();
  const counter = (series: string) => {
    const sample = samples.get(series);
    return sample?.kind === 'counter' ? sample.value : 0;
  };
  const took = samples.get('took');
  return {
    asked: counter('asked_total'),
    took: took && 'counts' in took ? countOf(took) : 0,
    failed: counter('metrics_flush_failed_total'),
    lost: counter('metrics_lost_batches_total'),
  };
}

/** Redis as isolates share it, behind a switch, and counted. */
async function createShared(clock: TestClock) {
  const state: { trouble: 'none' | 'down' | 'deaf' | 'refusing'; trips: number } = {
    trouble: 'none',
    trips: 0,
  };
  const engine = await createEngineRedis(clock);
  const redis = withChaos<Redis>(engine, {
    before() {
      state.trips++;
      if (state.trouble === 'down') throw new RedisUnavailable('down');
    },
    after() {
      if (state.trouble === 'deaf') throw new RedisUnavailable('the answer was lost');
    },
  });
  const refusing: Redis = {
    pipeline: async (commands, options) =>
      state.trouble === 'refusing'
        ? commands.map(() => new RedisError('WRONGTYPE'))
        : redis.pipeline(commands, options),
  };
  const open = () => {
    const breaker = createBreaker({ clock, random: () => 0 });
    return createRedisMetricsStore({ redis: createGuardedRedis(refusing, breaker), clock }, 'test');
  };
  return { state, open };
}

test('10,000 requests over 8 isolates: the totals of all are exact once all have flushed, and each reads the same', async () => {
  const clock = createTestClock();
  const { open } = await createShared(clock);
  const isolates = Array.from({ length: 8 }, () => {
    const store = open();
    return { ...createIsolate(store, clock), store };
  });
  for (let n = 0; n < 10_000; n++) {
    isolates[(n * 7) % 8]?.request(n % 500);
    if (n % 1_250 === 0) await Promise.all(isolates.map(isolate => isolate.ring()));
  }
  await Promise.all(isolates.map(isolate => isolate.flush()));
  for (const { store } of isolates)
    expect(await totals(store)).toEqual({ asked: 10_000, took: 10_000, failed: 0, lost: 0 });
});

test('a busy isolate flushes once in an interval, and no request waits for it', async () => {
  const clock = createTestClock();
  const { open, state } = await createShared(clock);
  const isolate = createIsolate(open(), clock);
  for (let n = 0; n < 5_000; n++) isolate.request();
  expect([isolate.timers.length, state.trips]).toEqual([1, 0]);
  clock.advance(10_000);
  await isolate.ring();
  expect(state.trips).toBe(2);
  for (let n = 0; n < 5_000; n++) isolate.request();
  await isolate.ring();
  expect(state.trips).toBe(3);
});

test('a timer that ended with its request is made up for by a later request', async () => {
  const clock = createTestClock();
  const { open } = await createShared(clock);
  const store = open();
  const isolate = createIsolate(store, clock);
  isolate.request();
  isolate.timers.length = 0;
  clock.advance(14_999);
  isolate.request();
  await Promise.resolve();
  expect((await totals(store)).asked).toBe(0);
  clock.advance(1);
  isolate.request();
  await isolate.flush();
  await expect.poll(async () => (await totals(store)).asked).toBe(3);
});

describe('while Redis is away', () => {
  test('for 60 s: nothing fails, memory does not grow, and nothing is lost or counted twice', async () => {
    const clock = createTestClock();
    const { open, state } = await createShared(clock);
    const store = open();
    const isolate = createIsolate(store, clock);
    state.trouble = 'down';
    for (let second = 0; second < 60; second++) {
      for (let n = 0; n < 20; n++) isolate.request();
      clock.advance(1_000);
      if (second % 10 === 9) await isolate.ring();
    }
    state.trouble = 'none';
    clock.advance(10_000);
    isolate.request();
    await isolate.ring();
    await isolate.flush();
    await isolate.flush();
    expect(await totals(store)).toEqual({ asked: 1_201, took: 1_201, failed: 6, lost: 0 });
  });

  test('each minute’s requests come to that minute, whenever they come', async () => {
    const clock = createTestClock(1_800_000_000_000);
    const { open, state } = await createShared(clock);
    const store = open();
    const isolate = createIsolate(store, clock);
    const perMinute = async () =>
      (await store.read(spanOf(300_000, clock())))
        .map(one => one.get('asked_total'))
        .map(one => (one && 'value' in one ? one.value : 0));
    for (const [minute, requests] of [5, 10, 20, 40].entries()) {
      state.trouble = minute < 3 ? 'down' : 'none';
      for (let n = 0; n < requests; n++) isolate.request();
      clock.advance(30_000);
      await isolate.ring();
      for (let n = 0; n < requests; n++) isolate.request();
      clock.advance(30_000);
    }
    await isolate.flush();
    await isolate.flush();
    expect(await perMinute()).toEqual([10, 20, 40, 80, 0]);
    expect(await totals(store)).toMatchObject({ asked: 150, took: 150, lost: 0 });
  });

  test('for an hour of the most there can be: what waits is bounded, and nothing is lost', async () => {
    const clock = createTestClock();
    const { open, state } = await createShared(clock);
    const store = open();
    const isolate = createIsolate(store, clock);
    const slots = Array.from({ length: 200 }, (_, n) =>
      isolate.registry.slot('counter', `a_total`, { path: `${n}`.padEnd(64, 'x') }),
    );
    const spreads = Array.from({ length: 25 }, (_, n) =>
      isolate.registry.slot('durations', `b`, { n: `${n}` }),
    );
    state.trouble = 'down';
    let [taken, before] = [0, 0];
    for (let minute = 0; minute < 55; minute++) {
      for (const slot of slots) isolate.registry.add(slot);
      for (const slot of spreads) for (let ms = 1; ms < 1e5; ms *= 1.1) isolate.registry.observe(slot, ms);
      clock.advance(60_000);
      before = isolate.registry.updates();
      isolate.request();
      if (isolate.registry.updates() < before) taken++;
    }
    expect(taken).toBeGreaterThan(3);
    expect(taken).toBeLessThan(20);
    state.trouble = 'none';
    await isolate.flush();
    await isolate.flush();
    const all = await store.total();
    const series = `a_total{path="${'7'.padEnd(64, 'x')}"}`;
    expect(all.get(series)).toEqual({ kind: 'counter', value: 55 });
    expect(await totals(store)).toMatchObject({ asked: 55, lost: 0 });
  });

  test('an answer that is lost counts neither twice nor not at all', async () => {
    const clock = createTestClock();
    const { open, state } = await createShared(clock);
    const store = open();
    const isolate = createIsolate(store, clock);
    isolate.request();
    state.trouble = 'deaf';
    await isolate.flush();
    isolate.request();
    await isolate.flush();
    state.trouble = 'none';
    isolate.request();
    await isolate.flush();
    expect(await totals(store)).toMatchObject({ asked: 3, failed: 2, lost: 0 });
  });

  test('this isolate’s own are there all the same', async () => {
    const clock = createTestClock();
    const { open, state } = await createShared(clock);
    const isolate = createIsolate(open(), clock);
    state.trouble = 'down';
    isolate.request();
    isolate.note('slow');
    await isolate.flush();
    expect((await totals(isolate.own)).asked).toBe(1);
    expect((await isolate.own.read(spanOf(60_000, clock())))[0]?.get('asked_total')).toMatchObject({
      value: 1,
    });
    expect(await isolate.own.notes()).toEqual(['slow']);
  });
});

test('what Redis refuses three times is given up, counted, and in nobody’s way', async () => {
  const clock = createTestClock();
  const { open, state } = await createShared(clock);
  const store = open();
  const isolate = createIsolate(store, clock);
  state.trouble = 'refusing';
  isolate.request();
  for (let n = 0; n < 3; n++) await isolate.flush();
  state.trouble = 'none';
  isolate.request();
  await isolate.flush();
  expect(await totals(store)).toMatchObject({ asked: 1, failed: 3, lost: 1 });
});

test('what has waited longer than its name is remembered is given up: it might count twice', async () => {
  const clock = createTestClock();
  const { open, state } = await createShared(clock);
  const store = open();
  const isolate = createIsolate(store, clock);
  state.trouble = 'down';
  isolate.request();
  await isolate.flush();
  clock.advance(3_600_000);
  await isolate.flush();
  state.trouble = 'none';
  await isolate.flush();
  expect(await totals(store)).toMatchObject({ asked: 0, failed: 2, lost: 1 });
});

test('without Redis there are this isolate’s own', async () => {
  const isolate = createIsolate(undefined, createTestClock());
  isolate.request();
  await isolate.flush();
  isolate.request();
  await isolate.flush();
  expect(await totals(isolate.own)).toEqual({ asked: 2, took: 2, failed: 0, lost: 0 });
});

test('a flush that workerd ended without a word is not waited for', async () => {
  const clock = createTestClock();
  const never: MetricsStore = { ...createMemoryMetricsStore(), add: () => new Promise(() => undefined) };
  const isolate = createIsolate(never, clock);
  isolate.request();
  void isolate.flush();
  await isolate.flush();
  clock.advance(5_000);
  isolate.request();
  void isolate.flush();
  await expect.poll(async () => (await totals(isolate.own)).asked).toBe(1);
});

test.each([1, 2, 3])(
  'whatever Redis does to 8 isolates, all and each minute come out exact (seed %i)',
  async seed => {
    const chance = createSeededRandom(seed);
    const random = (below: number) => Math.floor(chance() * below);
    const clock = createTestClock(1_800_000_000_000);
    const { open, state } = await createShared(clock);
    const isolates = Array.from({ length: 8 }, () => {
      const store = open();
      return { ...createIsolate(store, clock), store };
    });
    const any = () => isolates[random(8)] as (typeof isolates)[number];
    const sent = new Map<number, number>();
    for (let step = 0; step < 1_000; step++) {
      const minute = startOf(clock(), FINE.stepMs);
      const [one, requests] = [any(), random(5)];
      for (let n = 0; n < requests; n++) one.request(random(3_000));
      sent.set(minute, (sent.get(minute) ?? 0) + requests);
      if (random(20) === 0) state.trouble = (['none', 'none', 'down', 'deaf'] as const)[random(4)] ?? 'none';
      if (random(30) === 0 && state.trouble === 'none') await any().store.read(spanOf(3_600_000, clock()));
      clock.advance(random(2_000));
      if (random(6) === 0) await one.ring();
    }
    state.trouble = 'none';
    for (let n = 0; n < 5; n++) {
      clock.advance(60_000);
      for (const isolate of isolates) await isolate.ring();
      for (const isolate of isolates) await isolate.flush();
    }
    const all = [...sent.values()].reduce((sum, n) => sum + n, 0);
    const span = spanOf(3_600_000, clock());
    for (const { store } of isolates) {
      expect(await totals(store)).toMatchObject({ asked: all, took: all, lost: 0 });
      const told = (await store.read(span))
        .map(one => one.get('asked_total'))
        .map(one => (one && 'value' in one ? one.value : 0));
      expect(told).toEqual(span.startsAt.map(minute => sent.get(minute) ?? 0));
    }
  },
);
