import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lookup, Value } from '../../../shared/cache/entry.ts';
import type { CacheEvent } from '../../../shared/cache/events.ts';
import { type CacheReading, createLevels, type Levels } from '../../../shared/cache/levels.ts';
import { createMemoryStore } from '../../../shared/cache/memory-store.ts';
import { createRedisStore } from '../../../shared/cache/redis-store.ts';
import type { SharedStore } from '../../../shared/cache/store.ts';
import { type Redis, RedisError, RedisUnavailable } from '../../../shared/redis/redis.ts';
import { type Trouble, withChaos } from '../../fakes/chaos.ts';
import { createTestClock, type TestClock } from '../../fakes/clock.ts';
import { createEngineRedis, type EngineRedis } from '../../fakes/engine-redis.ts';

const TAGS_TTL_MS = 1_000;
const lookup: Lookup = { base: 'k', facets: new Map([['lang', 'de']]), tags: [',k'] };

function pageOf(text: string, overrides: Partial<Value<string>> = {}): Value<string> {
  const body = Uint8Array.from(new TextEncoder().encode(text));
  return { meta: 'meta', body, tags: [',k', 'a'], deadAt: Number.POSITIVE_INFINITY, ...overrides };
}

let clock: TestClock;
let redis: EngineRedis;
let events: CacheEvent[];
let ids = 0;
const onEvent = (event: CacheEvent) => events.push(event);

beforeEach(async () => {
  clock = createTestClock();
  redis = await createEngineRedis(clock);
  events = [];
  await openCache().read(lookup);
  redis.takeCommands();
});

/** One isolate: a memory of its own on the Redis of all. */
function openCache(trouble: Trouble = {}): Levels<string> {
  const port = withChaos<Redis>({ pipeline: redis.pipeline }, trouble);
  const shared = createRedisStore<string>(
    { redis: port, clock, createId: () => `id${ids++}`, onEvent },
    { keyPrefix: 'p', tagsTtlMs: TAGS_TTL_MS },
  );
  return openOn(shared);
}

function openOn(shared?: SharedStore<string>): Levels<string> {
  const memory = createMemoryStore<string>({ maxBytes: 1e6, maxEntries: 100, clock });
  return createLevels({ memory, shared, onEvent });
}

async function load(cache: Levels<string>, value: Value<string>, varies: readonly string[] = []) {
  await cache.write({ reading: await cache.read(lookup), varies, value });
}

const textOf = ({ found }: CacheReading<string>) => found && new TextDecoder().decode(found.entry.body);
const outcomeOf = async (cache: Levels<string>) => {
  const reading = await cache.read(lookup);
  return [reading.found?.level, textOf(reading)];
};
const sent = () => redis.takeCommands().map(([name]) => name);

describe('a read', () => {
  it('answers from memory at once, without a promise, while the last word from Redis is recent', async () => {
    const cache = openCache();
    await load(cache, pageOf('page'));
    sent();
    clock.advance(TAGS_TTL_MS - 1);
    const reading = cache.read(lookup);
    expect(reading).not.toBeInstanceOf(Promise);
    expect(reading).toMatchObject({ found: { level: 'L1', entry: { key: 'k' } }, far: undefined });
    expect(sent()).toEqual([]);
  });

  it('asks Redis for the tokens alone when that is longer ago, once for all', async () => {
    const cache = openCache();
    await load(cache, pageOf('page'));
    sent();
    clock.advance(TAGS_TTL_MS);
    expect(await outcomeOf(cache)).toEqual(['L1', 'page']);
    expect(sent()).toEqual(['MGET']);
    expect(await outcomeOf(cache)).toEqual(['L1', 'page']);
    expect(sent()).toEqual([]);
  });

  it('finds in Redis what memory lacks, and has it in memory from then on', async () => {
    await load(openCache(), pageOf('page'));
    const cache = openCache();
    sent();
    expect(await outcomeOf(cache)).toEqual(['L2', 'page']);
    expect(await outcomeOf(cache)).toEqual(['L1', 'page']);
    expect(sent()).toEqual(['EVALSHA_RO']);
  });

  it('learns from Redis how the key varies', async () => {
    await load(openCache(), pageOf('deutsch'), ['lang']);
    const cache = openCache();
    expect(await outcomeOf(cache)).toEqual(['L2', 'deutsch']);
    const french = { ...lookup, facets: new Map([['lang', 'fr']]) };
    expect((await cache.read(french)).found).toBeUndefined();
  });

  it('falls through to Redis when memory holds what was purged elsewhere', async () => {
    const [here, elsewhere] = [openCache(), openCache()];
    await load(here, pageOf('old'));
    await elsewhere.purge(['a'], { soft: false });
    await load(elsewhere, pageOf('new'));
    expect(await outcomeOf(here)).toEqual(['L1', 'old']);
    clock.advance(TAGS_TTL_MS);
    expect(await outcomeOf(here)).toEqual(['L2', 'new']);
  });

  it('without Redis is memory alone', async () => {
    const cache = openOn();
    await load(cache, pageOf('page'));
    clock.advance(1e9);
    expect(cache.read(lookup)).toMatchObject({ found: { level: 'L1' } });
    expect(await cache.purge(['a'], { soft: false })).toEqual({ shared: 'absent' });
    expect((await cache.read(lookup)).found).toBeUndefined();
  });
});

describe('a write', () => {
  it('has reached memory when it returns, Redis when its promise is kept', async () => {
    const cache = openCache();
    const writing = cache.write({ reading: await cache.read(lookup), varies: [], value: pageOf('page') });
    expect(cache.read(lookup)).toMatchObject({ found: { level: 'L1' } });
    await writing;
    expect(await outcomeOf(openCache())).toEqual(['L2', 'page']);
  });

  it('after a hit in memory goes by what the entry proves, and asks Redis no more', async () => {
    const cache = openCache();
    await load(cache, pageOf('first'));
    clock.advance(TAGS_TTL_MS);
    await cache.read(lookup);
    sent();
    await load(cache, pageOf('second'));
    expect(sent()).toEqual(['SET']);
    expect(await outcomeOf(openCache())).toEqual(['L2', 'second']);
  });

  it('after a hit in memory is lost to a purge that came since the last check', async () => {
    const [here, elsewhere] = [openCache(), openCache()];
    await load(here, pageOf('first'));
    await here.read(lookup);
    await elsewhere.purge(['a'], { soft: false });
    await load(here, pageOf('second, loaded before word of the purge came'));
    expect((await elsewhere.read(lookup)).found).toBeUndefined();
  });

  it('writes forks again that Redis has lost', async () => {
    const cache = openCache();
    await load(cache, pageOf('first'), ['lang']);
    const [names] = await redis.pipeline([['KEYS', 'p:1:e:*']]);
    for (const name of names as Uint8Array[]) await redis.pipeline([['DEL', name]]);
    await load(cache, pageOf('second'), ['lang']);
    expect(await outcomeOf(openCache())).toEqual(['L2', 'second']);
  });

  it('that a purge overtook is told, and kept nowhere', async () => {
    const cache = openCache();
    const reading = await cache.read(lookup);
    await cache.purge(['a'], { soft: false });
    await cache.write({ reading, varies: [], value: pageOf('old') });
    expect(events).toEqual([{ kind: 'write-refused', key: 'k' }]);
    expect((await cache.read(lookup)).found).toBeUndefined();
    expect((await openCache().read(lookup)).found).toBeUndefined();
  });
});

describe('recalling', () => {
  it('finds what another request stored since, without a trip', async () => {
    const cache = openCache();
    const waiting = await cache.read(lookup);
    await load(cache, pageOf('page'));
    redis.takeCommands();
    expect(textOf(cache.recall(waiting))).toBe('page');
    expect(sent()).toEqual([]);
  });

  it('does not find what was purged elsewhere before the first reading', async () => {
    const cache = openCache();
    const leading = await cache.read(lookup);
    await openCache().purge(['a'], { soft: false });
    clock.advance(TAGS_TTL_MS);
    const waiting = await cache.read(lookup);
    await cache.write({ reading: leading, varies: [], value: pageOf('old') });
    clock.advance(TAGS_TTL_MS);
    expect(cache.recall(waiting).found).toBeUndefined();
  });

  it('finds what memory has where Redis could not be asked, or is not there', async () => {
    const down = openCache({
      before: () => {
        throw new RedisUnavailable('down');
      },
    });
    for (const cache of [down, openOn()]) {
      const waiting = await cache.read(lookup);
      await load(cache, pageOf('page'));
      expect(textOf(cache.recall(waiting))).toBe('page');
    }
  });
});

describe('a purge', () => {
  it.each([false, true])('holds in its own isolate as soon as it is done (soft: %s)', async soft => {
    const cache = openCache();
    await load(cache, pageOf('page'));
    expect(await cache.purge(['a'], { soft })).toEqual({ shared: 'purged' });
    const { found } = await cache.read(lookup);
    expect(found === undefined || (soft && found.entry.soft)).toBe(true);
  });

  it('holds though an answer from before it is still on its way', async () => {
    const filling = openCache();
    await load(filling, pageOf('old'));
    let purge = true;
    const cache: Levels<string> = openCache({
      async after() {
        if (!purge) return;
        purge = false;
        await cache.purge(['a'], { soft: false });
      },
    });
    await cache.read(lookup);
    expect((await cache.read(lookup)).found).toBeUndefined();
  });

  it.each([false, true])('holds though a check from before it is still on its way (soft: %s)', async soft => {
    let purge = false;
    const cache: Levels<string> = openCache({
      async after() {
        if (!purge) return;
        purge = false;
        await cache.purge(['a'], { soft });
      },
    });
    await load(cache, pageOf('old'));
    clock.advance(TAGS_TTL_MS);
    purge = true;
    await cache.read(lookup);
    const { found } = await cache.read(lookup);
    expect(found === undefined || (soft && found.entry.soft)).toBe(true);
  });
});

describe('Redis in trouble', () => {
  it('has one deadline for both questions of a read', async () => {
    const ending = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(ending.signal);
    const shared: SharedStore<string> = {
      ...createRedisStore<string>(
        { redis, clock, createId: () => 'id', onEvent },
        { keyPrefix: 'p', tagsTtlMs: 0 },
      ),
      // It has begun to count before the first question, and ends in the second.
      async check() {
        expect(timeout).toHaveBeenCalledExactlyOnceWith(500);
        return undefined;
      },
      async read(_, { signal } = {}) {
        ending.abort(new Error('its time is over'));
        signal?.throwIfAborted();
        return expect.fail('Redis is asked without a deadline');
      },
    };
    const memory = createMemoryStore<string>({ maxBytes: 1e6, maxEntries: 100, clock });
    const cache = createLevels({ memory, shared, onEvent, readMs: 500 });
    const near = memory.read(lookup);
    memory.write({ lookup, reading: near, varies: [], value: pageOf('purged elsewhere') });
    expect((await cache.read(lookup)).found).toBeUndefined();
    expect(timeout).toHaveBeenCalledOnce();
    timeout.mockRestore();
    expect(events).toMatchObject([{ kind: 'level-failed', operation: 'read' }]);
  });

  const unavailable = { before: () => Promise.reject(new RedisUnavailable('refused')) };
  const failures = () => events.map(event => (event.kind === 'level-failed' ? event.operation : event.kind));

  it('is told, and memory serves', async () => {
    const cache = openCache(unavailable);
    expect((await cache.read(lookup)).found).toBeUndefined();
    await load(cache, pageOf('page'));
    expect(await outcomeOf(cache)).toEqual(['L1', 'page']);
    expect(failures()).toEqual(['read', 'read', 'check']);
  });

  it('serves from memory what cannot be checked, and checks it when Redis is back', async () => {
    let isDown = false;
    const cache = openCache({ before: () => isDown && Promise.reject(new RedisUnavailable('hangs')) });
    await load(cache, pageOf('old'));
    isDown = true;
    await openCache().purge(['a'], { soft: false });
    clock.advance(TAGS_TTL_MS);
    expect(await outcomeOf(cache)).toEqual(['L1', 'old']);
    isDown = false;
    expect((await cache.read(lookup)).found).toBeUndefined();
  });

  it('lets a write fail quietly', async () => {
    const cache = openCache({
      before: (_, [commands]) =>
        JSON.stringify(commands).includes('SET') && Promise.reject(new RedisError('OOM')),
    });
    await load(cache, pageOf('page'));
    expect(failures()).toEqual(['write']);
    expect(await outcomeOf(cache)).toEqual(['L1', 'page']);
  });

  it('lets a purge take this isolate, and says that the others were not reached', async () => {
    let isDown = false;
    const cache = openCache({ before: () => isDown && Promise.reject(new RedisUnavailable('refused')) });
    await load(cache, pageOf('page'));
    isDown = true;
    expect(await cache.purge(['a'], { soft: false })).toEqual({ shared: 'unreachable' });
    expect((await cache.read(lookup)).found).toBeUndefined();
    expect(failures()).toEqual(['purge', 'read']);
  });

  it('never makes a read or a write reject, whatever it throws and when', async () => {
    for (const place of ['before', 'after'] as const) {
      for (const error of [
        new RedisError('ERR'),
        new RedisUnavailable('no'),
        new TypeError('a bug'),
        'text',
      ]) {
        const cache = openCache({ [place]: () => Promise.reject(error) });
        await load(cache, pageOf('page'));
        clock.advance(TAGS_TTL_MS);
        expect(await outcomeOf(cache)).toEqual(['L1', 'page']);
      }
    }
  });
});

describe('a look', () => {
  it('finds what a read would find, and keeps nothing of it', async () => {
    const [one, other] = [openCache(), openCache()];
    await load(one, pageOf('page'));
    const look = async (cache: Levels<string>) => {
      const reading = await cache.look(lookup);
      return [reading.found?.level, textOf(reading)];
    };
    expect([await look(one), await look(other), await look(other)]).toEqual([
      ['L1', 'page'],
      ['L2', 'page'],
      ['L2', 'page'],
    ]);
    expect([one.countInMemory('a'), other.countInMemory('a')]).toEqual([1, 0]);
    await other.purge(['a'], { soft: false });
    expect(await look(one)).toEqual([undefined, undefined]);
    expect(one.countInMemory('a')).toBe(1);
  });

  it('of memory alone asks nobody', async () => {
    const cache = openOn();
    await load(cache, pageOf('page'));
    expect(textOf(await cache.look(lookup))).toBe('page');
    expect(sent()).toEqual([]);
  });
});
