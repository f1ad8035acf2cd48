import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createCache } from '../../../shared/cache/cache.ts';
import { RedisUnavailable } from '../../../shared/redis/redis.ts';
import { type CacheHome, createCacheHome } from '../../fakes/cache.ts';

let home: CacheHome;
beforeEach(async () => {
  home = await createCacheHome();
  await warmScripts();
  home.sent();
});

/** Redis knows the scripts from the first use on: it is taught before anything is counted. */
async function warmScripts() {
  const cache = home.open({ tagsTtlMs: 0 });
  await cache.set('warm:1', 1, { tags: ['warm'] });
  const reader = home.open({ l1: false });
  for (let i = 0; i < 2; i++) await reader.get('warm:1');
}

describe('what a call costs in Redis', () => {
  it('a hit in memory is free while the last word from Redis is recent, then one command', async () => {
    const cache = home.open();
    await cache.set('k', 1, { tags: ['a', 'b', 'c'] });
    home.sent();
    expect(await cache.get('k')).toBe(1);
    home.clock.advance(999);
    expect(await cache.get('k')).toBe(1);
    expect(home.sent()).toEqual([]);
    home.clock.advance(1);
    expect(await cache.get('k')).toBe(1);
    expect(await cache.get('k')).toBe(1);
    expect(home.sent()).toEqual(['MGET']);
  });

  it('a hit in Redis with three tags given is one command in one trip', async () => {
    const tags = ['a', 'b', 'c'];
    await home.open().set('k', 1, { tags });
    const cache = home.open();
    home.sent();
    const before = home.redis.bill();
    expect(await cache.getOrLoad('k', () => 2, { tags })).toBe(1);
    expect(home.sent()).toEqual(['MGET']);
    const { trips, billed } = home.redis.bill();
    expect([trips - before.trips, billed - before.billed]).toEqual([1, 1]);
  });

  it('tags that were not given cost a second trip once for their first segment', async () => {
    const writer = home.open();
    for (const id of [1, 2, 3]) await writer.set(`users:${id}`, id, { tags: [`user-${id}`] });
    const cache = home.open();
    home.sent();
    expect(await cache.get('users:1')).toBe(1);
    expect(home.sent()).toEqual(['MGET', 'MGET']);
    expect(await cache.get('users:2')).toBe(2);
    expect(await cache.get('users:3')).toBe(3);
    expect(home.sent()).toEqual(['EVALSHA_RO', 'EVALSHA_RO']);
  });

  it('a set with three tags is one trip: a script, or a SET where the tokens are known', async () => {
    const cache = home.open();
    await cache.set('k', 1, { tags: ['a', 'b', 'c'] });
    expect(home.sent()).toEqual(['EVALSHA']);
    await cache.set('k', 2, { tags: ['a', 'b', 'c'] });
    expect(home.sent()).toEqual(['SET']);
  });

  it('a hundred misses at once are one load and two commands', async () => {
    const cache = home.open();
    let loads = 0;
    const load = async () => ++loads;
    const all = Array.from({ length: 100 }, () => cache.getOrLoad('k', load, { tags: ['a', 'b', 'c'] }));
    expect(new Set(await Promise.all(all))).toEqual(new Set([1]));
    expect(home.sent()).toEqual(['MGET', 'SET']);
  });

  it.each([
    ['of three tags', 'purgeTags', ['a', 'b', 'c']],
    ['of a prefix', 'purgePrefix', 'users:'],
    ['of everything', 'clear', undefined],
  ] as const)('a purge %s is one command', async (_, method, argument) => {
    const cache = home.open();
    await cache[method](argument as never);
    expect(home.sent()).toEqual(['MSET']);
  });

  it('many are read by one command, and written by one trip where the tokens are known', async () => {
    const cache = home.open();
    const entries = Array.from({ length: 50 }, (_, i) => [`k${i}`, { i }] as const);
    await cache.setMany(entries);
    home.sent();
    const before = home.redis.bill().trips;
    await cache.setMany(entries);
    expect(home.redis.bill().trips - before).toBe(1);
    home.sent();
    const found = await home.open().getMany(['none', ...entries.map(([key]) => key)]);
    expect([...found]).toEqual(entries.map(([key, value]) => [key, value]));
    expect(home.sent()).toEqual(['MGET']);
  });
});

describe('Redis in trouble', () => {
  const down = {
    before() {
      throw new RedisUnavailable('down');
    },
  };

  it('is nothing a read or a set throws for: memory and the loader serve', async () => {
    const cache = home.open({}, down);
    expect(await cache.get('k')).toBeUndefined();
    expect(await cache.getOrLoad('k', () => 'loaded')).toBe('loaded');
    expect(await cache.getOrLoad('k', () => 'again')).toBe('loaded');
    expect(await cache.set('other', 1)).toBe('local');
    expect(await cache.get('other')).toBe(1);
    expect((await cache.getMany(['k', 'other', 'none'])).size).toBe(2);
    expect(home.events).toContainEqual(expect.objectContaining({ kind: 'level-failed', operation: 'read' }));
  });

  it.each([
    ['purgeTags', ['a']],
    ['delete', 'k'],
    ['clear', undefined],
  ] as const)('is told to whoever removes by %s, after memory has let go', async (method, argument) => {
    const cache = home.open({}, down);
    await cache.set('k', 1, { tags: ['a'] });
    await expect(cache[method](argument as never)).rejects.toMatchObject({ code: 'CACHE_UNAVAILABLE' });
    expect(await cache.get('k')).toBeUndefined();
  });

  it('opens the breaker, which health shows', async () => {
    const cache = home.open({}, down);
    for (let i = 0; i < 5; i++) await cache.get('k');
    expect(await cache.health()).toMatchObject({ redis: 'down', breaker: 'open' });
    const trips = cache.stats().trips;
    await cache.get('k');
    expect(cache.stats().trips).toBe(trips);
  });

  it('that hangs costs a cold key the deadline once, besides its loader', async () => {
    const cache = home.open({ deadlineMs: 250 }, { before: () => new Promise(() => {}) });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const answered = vi.fn();
      const asked = cache.getOrLoad('k', () => 'loaded').then(answered);
      await vi.advanceTimersByTimeAsync(249);
      expect(answered).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      await asked;
      expect(answered).toHaveBeenCalledWith('loaded');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('either level alone works', () => {
  it('memory', async () => {
    const cache = createCache({}, home.runtime());
    expect(await cache.set('k', 1, { tags: ['a'] })).toBe('stored');
    expect(await cache.get('k')).toBe(1);
    await cache.purgeTags(['a']);
    expect(await cache.has('k')).toBe(false);
    expect(await cache.health()).toMatchObject({ redis: 'absent', l1: { entries: 0, bytes: 0 } });
  });

  it('Redis', async () => {
    const cache = home.open({ l1: false });
    await cache.set('k', 1, { tags: ['a'] });
    home.sent();
    expect([await cache.get('k', { tags: ['a'] }), await cache.get('k', { tags: ['a'] })]).toEqual([1, 1]);
    expect(home.sent()).toEqual(['MGET', 'MGET']);
    expect((await cache.health()).l1.entries).toBe(0);
  });
});
