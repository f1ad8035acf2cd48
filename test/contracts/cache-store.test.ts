import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CacheEvent } from '../../shared/cache/events.ts';
import { createMemoryStore } from '../../shared/cache/memory-store.ts';
import { createRedisKeys } from '../../shared/cache/redis-keys.ts';
import { createRedisStore } from '../../shared/cache/redis-store.ts';
import { createTagPattern } from '../../shared/cache/tag-pattern.ts';
import { randomId } from '../../shared/primitives/ids.ts';
import type { Redis, RedisArgument } from '../../shared/redis/redis.ts';
import { createUpstashRedis } from '../../shared/redis/upstash.ts';
import { createTestClock } from '../fakes/clock.ts';
import {
  cacheStoreContract,
  keep,
  lookupOf,
  type Meta,
  pageOf,
  type SharedHome,
  type StoreHome,
  sharedStoreContract,
  textOf,
} from './cache-store.ts';
import { type RedisTier, startRedisTier } from './redis-tier.ts';

const OPTIONS = { keyPrefix: 'contract', tagsTtlMs: 1_000 };

const connect = ({ url, token }: RedisTier) => createUpstashRedis({ url, token, deadlineMs: 5_000, fetch });

cacheStoreContract('the memory store', async (): Promise<StoreHome> => {
  return {
    open: clock => createMemoryStore<Meta>({ maxBytes: 64 * 1024 * 1024, maxEntries: 1_000, clock }),
    stop: async () => {},
  };
});

async function startRedisHome(): Promise<SharedHome> {
  const tier = await startRedisTier();
  return {
    // The clock of the test runs ahead of Redis's: what is dead by the one may still be there by the other.
    open: clock =>
      createRedisStore<Meta>(
        { redis: connect(tier), clock, createId: randomId, onEvent: refuseEvents },
        OPTIONS,
      ),
    stop: () => tier.stop(),
    tagsTtlMs: OPTIONS.tagsTtlMs,
  };
}

/** A value with the right checksum. */
function whole(kind: string, rest: string): string {
  return `${kind} ${String(crc32(rest)).padStart(10, '0')}\n${rest}`;
}

function wholeEntry(tags: string, head: string): string {
  return whole('E1', `${tags}\n${head.length} 0\n${head}`);
}

function refuseEvents(event: CacheEvent): never {
  throw new Error(`the store complained: ${JSON.stringify(event)}`);
}

cacheStoreContract('the Redis store', startRedisHome);
sharedStoreContract('two Redis stores on one Redis', startRedisHome);

const DAY_MS = 86_400_000;

describe('the Redis store, when somebody else has written into its keys', () => {
  let tier: RedisTier;
  let redis: Redis;
  const events: CacheEvent[] = [];
  const keys = createRedisKeys(OPTIONS.keyPrefix);
  const open = () =>
    createRedisStore<Meta>(
      { redis, clock: createTestClock(Date.now()), createId: randomId, onEvent: event => events.push(event) },
      OPTIONS,
    );
  beforeAll(async () => {
    tier = await startRedisTier();
    redis = connect(tier);
  });
  afterAll(() => tier.stop());

  const foreign: [string, string, ...RedisArgument[]][] = [
    ['a text', 'SET', 'hello'],
    ['nothing but the format', 'SET', 'E1 '],
    ['an older format', 'SET', 'E0 12 34 56\n\n{}'],
    ['an entry without lines', 'SET', 'E1 0000000000'],
    ['an entry cut in its tags', 'SET', 'E1 0000000000\na b'],
    ['forks without lines', 'SET', 'F1 '],
    ['forks cut short', 'SET', 'F1 0000000000\nlang'],
    ['forks without a checksum', 'SET', 'F1 \nlang\n99\n'],
    ['an entry of null', 'SET', wholeEntry('', 'null')],
    ['an entry of a number', 'SET', wholeEntry('', '1')],
    ['an entry of strange things', 'SET', wholeEntry('', '{"key":1,"deadAt":"","tokens":{}}')],
    ['an entry of tags without tokens', 'SET', wholeEntry('a b', '{"key":"","deadAt":1,"tokens":[]}')],
    ['forks without names', 'SET', whole('F1', '\n9999999999999\n')],
    ['a list', 'RPUSH', 'a', 'b'],
    ['a hash', 'HSET', 'a', 'b'],
  ];

  it.each(foreign)('%s is a miss, and the next write replaces it', async (_, command, ...args) => {
    const [plain, varied] = [lookupOf(), lookupOf({ facets: new Map([['lang', 'de']]) })];
    for (const { base } of [plain, varied])
      await redis.pipeline([[command, await keys.entry(base), ...args]]);
    const store = open();
    for (const lookup of [plain, varied]) expect((await store.read(lookup)).entry).toBeUndefined();
    expect(await keep(store, plain, pageOf('page', { tags: ['a'] }))).toBe('stored');
    expect(await keep(store, varied, pageOf('deutsch', { tags: ['a'] }), ['lang'])).toBe('stored');
    expect(textOf(await store.read(plain))).toBe('page');
    expect(textOf(await store.read(varied))).toBe('deutsch');
  });

  it("another key's entry is a miss, told to the listener, and replaced", async () => {
    const [mine, theirs] = [lookupOf(), lookupOf()];
    const store = open();
    await keep(store, theirs, pageOf('theirs'));
    const [copied] = await redis.pipeline([['GET', await keys.entry(theirs.base)]]);
    await redis.pipeline([['SET', await keys.entry(mine.base), copied as Uint8Array]]);
    events.length = 0;
    expect((await store.read(mine)).entry).toBeUndefined();
    expect(events).toEqual([{ kind: 'value-unreadable', key: mine.base }]);
    await keep(store, mine, pageOf('mine'));
    expect(textOf(await store.read(mine))).toBe('mine');
    expect(textOf(await store.read(theirs))).toBe('theirs');
  });

  it('what is kept has a time to live, and a purge is remembered for longer than any entry lives', async () => {
    const [tag, lookup] = [randomUUID(), lookupOf({ facets: new Map([['lang', 'de']]) })];
    const store = open();
    await keep(store, lookup, pageOf('page', { tags: [tag], deadAt: Number.POSITIVE_INFINITY }), ['lang']);
    await store.purge([tag], { soft: false });
    const kept = [await keys.entry(lookup.base), await keys.variant(lookup, ['lang'])];
    const timeToLive = async (names: readonly string[]) =>
      (await redis.pipeline(names.map(name => ['PTTL', name] as const))).map(Number);
    const [forks = 0, entry = 0] = await timeToLive(kept);
    expect(entry).toBeGreaterThan(29 * DAY_MS);
    expect(entry).toBeLessThanOrEqual(30 * DAY_MS);
    expect(forks).toBeGreaterThan(entry);
    const [mark, token = 0] = await timeToLive([keys.mark, `${keys.hardPrefix}${tag}`]);
    expect(token).toBeGreaterThan(entry + 23 * 3_600_000);
    expect(mark).toBe(-1);
  });

  it('what matches a pattern is found among strange things, and purged as any tag is', async () => {
    const unique = randomUUID();
    const [one, two] = [`/${unique}/a.css`, `/${unique}/b.js`];
    const [first, second] = [lookupOf(), lookupOf()];
    const store = open();
    await keep(store, first, pageOf('one', { tags: [one] }), ['lang']);
    await keep(store, second, pageOf('two', { tags: [two] }));
    const found = await store.find(createTagPattern(`/${unique}/*.css`));
    expect(found).toEqual({ tags: [one], complete: true });
    await store.purge(found.tags, { soft: false });
    expect([textOf(await store.read(first)), textOf(await store.read(second))]).toEqual([undefined, 'two']);
  });
});
