import { beforeEach, describe, expect, it } from 'vitest';
import type { Lookup, Value } from '../../../shared/cache/entry.ts';
import type { CacheEvent } from '../../../shared/cache/events.ts';
import { createRedisStore } from '../../../shared/cache/redis-store.ts';
import type { SharedStore } from '../../../shared/cache/store.ts';
import { type Redis, RedisError, RedisUnavailable } from '../../../shared/redis/redis.ts';
import { withChaos } from '../../fakes/chaos.ts';
import { createTestClock, type TestClock } from '../../fakes/clock.ts';
import { createEngineRedis, type EngineRedis } from '../../fakes/engine-redis.ts';

const lookupOf = (overrides: Partial<Lookup> = {}): Lookup => ({
  base: 'k',
  facets: new Map([['lang', 'de']]),
  tags: [],
  ...overrides,
});
const pageOf = (overrides: Partial<Value<string>> = {}): Value<string> => ({
  meta: 'meta',
  body: new Uint8Array(3),
  tags: [],
  deadAt: Number.POSITIVE_INFINITY,
  ...overrides,
});

let clock: TestClock;
let redis: EngineRedis;
let store: SharedStore<string>;
let events: CacheEvent[];
let ids = 0;

const open = (port: Redis) =>
  createRedisStore<string>(
    { redis: port, clock, createId: () => `id${ids++}`, onEvent: event => events.push(event) },
    { keyPrefix: 'p', tagsTtlMs: 1_000 },
  );

beforeEach(async () => {
  clock = createTestClock();
  redis = await createEngineRedis(clock);
  events = [];
  store = open(redis);
  // Redis knows the script from here on.
  await store.read(lookupOf({ base: 'warm-up' }));
});

it('a value too large to be across in time is not sent', async () => {
  const store = createRedisStore<string>(
    { redis, clock, createId: () => 'id', onEvent: event => events.push(event) },
    { keyPrefix: 'p', tagsTtlMs: 1_000, maxValueBytes: 10 },
  );
  const lookup = lookupOf({ base: 'large' });
  const reading = await store.read(lookup);
  redis.takeCommands();
  const write = (bytes: number) =>
    store.write({ lookup, reading, varies: [], value: pageOf({ body: new Uint8Array(bytes) }) });
  expect(await write(11)).toBe('too-large');
  expect(redis.takeCommands()).toEqual([]);
  expect(await write(10)).toBe('stored');
});

/** What something costs, and which commands it sends. */
async function priceOf(work: () => unknown) {
  const before = redis.bill();
  redis.takeCommands();
  await work();
  const after = redis.bill();
  const names = redis.takeCommands().map(([name]) => name);
  return { trips: after.trips - before.trips, billed: after.billed - before.billed, names };
}

async function keep(lookup: Lookup, value: Value<string>, varies: readonly string[] = []) {
  return store.write({ lookup, reading: await store.read(lookup), varies, value });
}

describe('what it costs', () => {
  it('a miss, and a hit whose tags were given: one trip, one MGET in the script', async () => {
    const lookup = lookupOf({ tags: ['a', 'b'] });
    const price = { trips: 1, billed: 2, names: ['EVALSHA_RO'] };
    expect(await priceOf(() => store.read(lookup))).toEqual(price);
    await keep(lookup, pageOf({ tags: ['b', 'a'] }));
    expect(await priceOf(() => store.read(lookup))).toEqual(price);
  });

  it('a hit with other tags, and one of a variant: one trip, an MGET more for each', async () => {
    await keep(lookupOf(), pageOf({ tags: ['a'] }));
    expect(await priceOf(() => store.read(lookupOf()))).toMatchObject({ trips: 1, billed: 3 });
    await keep(lookupOf(), pageOf({ tags: ['a'] }), ['lang']);
    expect(await priceOf(() => store.read(lookupOf()))).toMatchObject({ trips: 1, billed: 4 });
  });

  it('a write with tags known before: one trip, one command', async () => {
    const lookup = lookupOf({ tags: ['a', 'b'] });
    const reading = await store.read(lookup);
    const write = { lookup, reading, varies: [], value: pageOf({ tags: ['a', 'b'] }) };
    expect(await priceOf(() => store.write(write))).toEqual({ trips: 1, billed: 1, names: ['SET'] });
  });

  it('a write with tags learned from the value: one MGET more', async () => {
    const reading = await store.read(lookupOf());
    const write = { lookup: lookupOf(), reading, varies: [], value: pageOf({ tags: ['a', 'b'] }) };
    expect(await priceOf(() => store.write(write))).toEqual({ trips: 2, billed: 2, names: ['MGET', 'SET'] });
  });

  it('a write over a value with the same tags: one trip, even when that was purged', async () => {
    await keep(lookupOf(), pageOf({ tags: ['a'] }));
    await store.purge(['a'], { soft: false });
    const reading = await store.read(lookupOf());
    expect(reading.entry).toBeUndefined();
    const write = { lookup: lookupOf(), reading, varies: [], value: pageOf({ tags: ['a'] }) };
    expect(await priceOf(() => store.write(write))).toMatchObject({ trips: 1, billed: 1 });
  });

  it('a variant: its forks are written when they are new, not again', async () => {
    const price = await priceOf(() => keep(lookupOf(), pageOf(), ['lang']));
    expect(price.names).toEqual(['EVALSHA_RO', 'SET', 'SET']);
    const again = await priceOf(() =>
      keep(lookupOf({ facets: new Map([['lang', 'fr']]) }), pageOf(), ['lang']),
    );
    expect(again.names).toEqual(['EVALSHA_RO', 'SET']);
  });

  it('a purge of many tags, and a check: one command', async () => {
    await keep(lookupOf(), pageOf({ tags: ['a', 'b', 'c'] }));
    const { entry = expect.fail() } = await store.read(lookupOf());
    expect(await priceOf(() => store.check(entry))).toEqual({ trips: 1, billed: 1, names: ['MGET'] });
    const purge = () => store.purge(['a', 'b', 'c'], { soft: true });
    await purge();
    expect(await priceOf(purge)).toEqual({ trips: 1, billed: 8, names: ['EVALSHA'] });
  });

  it('a purge of nothing, and asking whether an entry is current: nothing', async () => {
    await keep(lookupOf(), pageOf());
    const { entry = expect.fail() } = await store.read(lookupOf());
    expect((await priceOf(() => store.purge([], { soft: false }))).trips).toBe(0);
    expect((await priceOf(() => store.isCurrent(entry))).trips).toBe(0);
  });
});

describe('tokens', () => {
  it('are bound as they were before the load, so that a purge during the write comes too late to be missed', async () => {
    const lookup = lookupOf({ tags: ['a'] });
    const reading = await store.read(lookup);
    const purging = open(
      withChaos<Redis>({ pipeline: redis.pipeline }, { before: () => store.purge(['a'], { soft: false }) }),
    );
    await purging.write({ lookup, reading, varies: [], value: pageOf({ tags: ['a'] }) });
    expect((await store.read(lookup)).entry).toBeUndefined();
  });

  it('of tags that only an answer on its way knew prove nothing', async () => {
    const held: (() => void)[] = [];
    const slow = withChaos<Redis>(
      { pipeline: redis.pipeline },
      { after: () => new Promise<void>(resolve => held.push(resolve)) },
    );
    const isolate = open(slow);
    const other = lookupOf({ base: 'other' });
    await keep(other, pageOf({ tags: ['a'] }));
    const first = isolate.read(lookupOf());
    const second = expectAnswers(held, 1).then(async () => {
      await store.purge(['a'], { soft: false });
      return isolate.read(other);
    });
    await expectAnswers(held, 2);
    held.shift()?.();
    // The load begins here, before the answer that tells of the purge is in.
    const reading = await first;
    held.shift()?.();
    await second;
    const outcome = isolate.write({
      lookup: lookupOf(),
      reading,
      varies: [],
      value: pageOf({ tags: ['a'] }),
    });
    await expectAnswers(held, 1);
    held.shift()?.();
    expect(await outcome).toBe('refused');
  });
});

async function expectAnswers(held: readonly unknown[], count: number): Promise<void> {
  await expect.poll(() => held.length, { interval: 1 }).toBe(count);
}

describe('when Redis refuses or does not answer', () => {
  const refusing = (name: string, message: string): Redis => ({
    pipeline: async commands => {
      const replies = await redis.pipeline(commands);
      return replies.map((reply, i) => (commands[i]?.[0] === name ? new RedisError(message) : reply));
    },
  });

  it('a write is an error, and reads go on', async () => {
    const full = open(refusing('SET', "OOM command not allowed when used memory > 'maxmemory'."));
    const reading = await full.read(lookupOf());
    const write = { lookup: lookupOf(), reading, varies: ['lang'], value: pageOf() };
    await expect(full.write(write)).rejects.toThrow('OOM');
    expect((await full.read(lookupOf())).ticket.mark).toBe('');
  });

  it.each([
    ['a script', 'EVALSHA_RO', 'NOPERM this user has no permissions to run the command'],
    ['a read-only replica', 'EVALSHA_RO', "READONLY You can't write against a read only replica."],
  ])('%s that may not run is an error', async (_, name, message) => {
    await expect(open(refusing(name, message)).read(lookupOf())).rejects.toThrow(message);
  });

  it('a purge that was refused is an error', async () => {
    const readOnly = open(refusing('EVALSHA', 'READONLY'));
    await expect(readOnly.purge(['a'], { soft: false })).rejects.toThrow('READONLY');
  });

  it('an answer that is no list is no answer: taken for an empty one it would say that nothing was purged', async () => {
    const odd = open({ pipeline: async () => ['OK'] });
    await expect(odd.read(lookupOf())).rejects.toBeInstanceOf(RedisUnavailable);
  });

  it('tells of what it cannot read, and of nothing else', async () => {
    await keep(lookupOf(), pageOf());
    await store.read(lookupOf());
    expect(events).toEqual([]);
    const [names] = await redis.pipeline([['KEYS', 'p:1:e:*']]);
    for (const name of names as Uint8Array[]) await redis.pipeline([['SET', name, 'E1 junk']]);
    await store.read(lookupOf());
    expect(events).toEqual([{ kind: 'value-unreadable', key: 'k' }]);
  });
});
