import { randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BodyCodec } from '../../shared/cache/body-codec.ts';
import { createCache } from '../../shared/cache/cache.ts';
import type { CacheOptions, CacheRuntime } from '../../shared/cache/options.ts';
import { systemClock } from '../../shared/primitives/clock.ts';
import { randomId } from '../../shared/primitives/ids.ts';
import { type Redis, RedisUnavailable } from '../../shared/redis/redis.ts';
import { createUpstashRedis } from '../../shared/redis/upstash.ts';
import { type Trouble, withChaos } from '../fakes/chaos.ts';
import { cacheContract } from './cache.ts';
import { type RedisTier, startRedisTier } from './redis-tier.ts';

const gzip: BodyCodec = {
  name: 'gzip',
  compress: body => Uint8Array.from(gzipSync(body)),
  decompress: (body, maxOutputLength) => Uint8Array.from(gunzipSync(body, { maxOutputLength })),
};

const RUNTIME: CacheRuntime = {
  connect: address => createUpstashRedis({ ...address, deadlineMs: 10_000, fetch }),
  codecs: [gzip],
  clock: systemClock,
  random: Math.random,
  createId: randomId,
};

/** A machine that is busy must not look like a Redis that hangs. */
const PATIENT = { deadlineMs: 10_000 };

async function startHome(options: CacheOptions, trouble: Trouble = {}) {
  const tier = await startRedisTier();
  const redis = withChaos<Redis>(RUNTIME.connect(tier, PATIENT), trouble);
  return {
    tier,
    open: () => createCache({ redis, ...PATIENT, ...options }, RUNTIME),
    stop: () => tier.stop(),
  };
}

cacheContract('memory alone', async () => ({
  open: () => createCache({}, RUNTIME),
  stop: async () => {},
}));
cacheContract('Redis alone', () => startHome({ l1: false }));
cacheContract('memory and Redis', () => startHome({}));
cacheContract('a memory too small for anything, and Redis', () => startHome({ l1: { maxBytes: 1 } }));
cacheContract('strict tags, tokens asked for each time', () => startHome({ strictTags: true, tagsTtlMs: 0 }));
cacheContract('Redis, whose every third answer comes late', () => {
  let calls = 0;
  return startHome({}, { after: () => ++calls % 3 === 0 && new Promise(resolve => setTimeout(resolve, 5)) });
});

describe('memory, while Redis refuses everything, still', () => {
  const refuse = () => {
    throw new RedisUnavailable('refused');
  };

  it('gives what was set, and loads once', async () => {
    const home = await startHome({}, { before: refuse });
    const cache = home.open();
    await cache.set('k', { a: 1 });
    expect(await cache.get('k')).toEqual({ a: 1 });
    let loads = 0;
    for (let i = 0; i < 3; i++) await cache.getOrLoad('l', () => ++loads);
    expect(loads).toBe(1);
    await home.stop();
  });
});

describe('Redis in a bad moment', () => {
  it.each<[string, (fail: () => void) => Trouble]>([
    ['which refuses every seventh call', fail => ({ before: fail })],
    ['which loses every seventh answer', fail => ({ after: fail })],
  ])('%s costs no read and no set more than what it held', async (_, trouble) => {
    let [calls, bad] = [0, true];
    const home = await startHome(
      { tagsTtlMs: 0 },
      trouble(() => {
        if (bad && ++calls % 7 === 0) throw new RedisUnavailable('a bad moment');
      }),
    );
    const caches = [home.open(), home.open()];
    for (let i = 0; i < 30; i++) {
      const [cache, key] = [caches[i % 2], `k${i % 5}`];
      expect([key, undefined]).toContain(await cache?.get(key, { tags: ['a'] }));
      expect(await cache?.getOrLoad(key, () => key, { tags: ['a'] })).toBe(key);
      await cache?.set(key, key, { tags: ['a'] });
    }
    bad = false;
    await caches[0]?.purgeTags(['a']);
    for (let i = 0; i < 5; i++) expect(await caches[1]?.get(`k${i}`)).toBeUndefined();
    expect(await caches[1]?.health()).toMatchObject({ redis: 'up', breaker: 'closed' });
    await home.stop();
  });
});

describe('what lies in Redis', () => {
  let tier: RedisTier;
  let redis: Redis;
  beforeAll(async () => {
    tier = await startRedisTier();
    redis = RUNTIME.connect(tier, PATIENT);
  });
  afterAll(() => tier.stop());
  const open = (options: CacheOptions = {}, runtime = RUNTIME) =>
    createCache({ redis, ...PATIENT, keyPrefix: 'frames', ...options }, runtime);
  const nameOf = (key: string) => `frames:1:v:${key}`;
  const lengthOf = async (key: string) => (await redis.pipeline([['STRLEN', nameOf(key)]]))[0];

  it('is compressed from a size on, where that makes it smaller', async () => {
    const cache = open();
    const noise = crypto.getRandomValues(new Uint8Array(4_000));
    await cache.set('text', 'Wasser '.repeat(1_000));
    await cache.set('noise', noise);
    await cache.set('short', 'W'.repeat(900));
    expect(await lengthOf('text')).toBeLessThan(500);
    expect(await lengthOf('noise')).toBeGreaterThan(4_000);
    expect(await lengthOf('short')).toBeGreaterThan(900);
    expect(cache.stats().bytesSaved).toBeGreaterThan(6_000);
    const reader = open();
    expect(await reader.get('text')).toBe('Wasser '.repeat(1_000));
    expect(await reader.get('noise')).toEqual(noise);
  });

  it.each<[string, (frame: Uint8Array) => Uint8Array | string]>([
    ['cut', frame => frame.subarray(0, frame.length - 3)],
    ['cut in its tokens', frame => frame.subarray(0, frame.length - 1)],
    ['damaged', frame => frame.with(frame.length - 20, (frame.at(-20) ?? 0) ^ 1) as Uint8Array],
    ['of an older format', frame => frame.with(1, 48) as Uint8Array],
    ['foreign', () => 'hello'],
    ['foreign and empty of lines', () => 'V1 0000000000'],
  ])('a value that is %s is a miss, counted and overwritten', async (_, damage) => {
    const key = randomUUID();
    await open().set(key, { a: 'b'.repeat(50) });
    const [frame] = await redis.pipeline([['GET', nameOf(key)]]);
    await redis.pipeline([['SET', nameOf(key), damage(frame as Uint8Array)]]);
    const cache = open();
    expect(await cache.get(key)).toBeUndefined();
    expect(cache.stats().unreadable).toBe(1);
    expect(await cache.getOrLoad(key, () => 'new')).toBe('new');
    expect(await open().get(key)).toBe('new');
  });

  it('by a coding that this runtime does not have is a miss, and overwritten', async () => {
    await open().set('coded', 'Wasser '.repeat(1_000));
    const without = open({}, { ...RUNTIME, codecs: [] });
    expect(await without.get('coded')).toBeUndefined();
    expect(without.stats().unreadable).toBe(1);
    await without.getOrLoad('coded', () => 'new');
    expect(await open().get('coded')).toBe('new');
  });

  it('under another key’s name is a miss', async () => {
    await open().set('theirs', 'theirs');
    const [frame] = await redis.pipeline([['GET', nameOf('theirs')]]);
    await redis.pipeline([['SET', nameOf('mine'), frame as Uint8Array]]);
    expect(await open().get('mine')).toBeUndefined();
  });

  it('has a time to live; what says whether it was purged has none', async () => {
    const cache = open();
    await cache.set('lives', 1, { ttlMs: 60_000, staleMs: 30_000, failSafeMs: 10_000, tags: ['lives'] });
    await cache.purgeTags(['lives']);
    const names = [nameOf('lives'), 'frames:1:t:lives', 'frames:1:mark'];
    const [value, ...tokens] = (await redis.pipeline(names.map(name => ['PTTL', name] as const))).map(Number);
    expect(value).toBeGreaterThan(90_000);
    expect(value).toBeLessThanOrEqual(100_000);
    expect(tokens).toEqual([-1, -1]);
  });

  it('is gone for everybody when Redis lost the token of a tag, where tags are strict', async () => {
    const strict = { strictTags: true, tagsTtlMs: 0 };
    await open(strict).set('strict', 1, { tags: ['evicted'] });
    expect(await open(strict).get('strict')).toBe(1);
    await redis.pipeline([['DEL', 'frames:1:t:evicted']]);
    expect(await open(strict).get('strict')).toBeUndefined();
  });
});
