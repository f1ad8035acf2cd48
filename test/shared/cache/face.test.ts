import { beforeEach, describe, expect, it } from 'vitest';
import type { Cache } from '../../../shared/cache/cache-api.ts';
import { type CacheHome, createCacheHome } from '../../fakes/cache.ts';

let home: CacheHome;
let cache: Cache;
beforeEach(async () => {
  home = await createCacheHome();
  cache = home.open();
});

describe('a namespace', () => {
  it('is the same cache below a prefix, with defaults of its own, to any depth', async () => {
    const europe = cache.namespace('users', { ttlMs: 10 }).namespace('eu');
    await europe.set('1', 'one');
    expect(await cache.get('users:eu:1')).toBe('one');
    expect([...(await europe.getMany(['1', '2']))]).toEqual([['1', 'one']]);
    home.clock.advance(10);
    expect(await europe.get('1')).toBeUndefined();
  });

  it('is cleared without its neighbours', async () => {
    const [users, other] = [cache.namespace('users'), cache.namespace('users2')];
    await users.set('1', 1);
    await other.set('1', 2);
    await users.clear();
    expect([await users.get('1'), await other.get('1')]).toEqual([undefined, 2]);
    await users.purgePrefix('');
    await other.purgePrefix('');
    expect(await other.get('1')).toBeUndefined();
  });

  it('deeper than it could be cleared is refused where it is made', () => {
    expect(() => cache.namespace('a:b:c:d').namespace('e')).toThrow(/4 of them at most/);
    expect(() => cache.namespace('')).toThrow(/at least one character/);
  });
});

describe('tags', () => {
  it('of a namespace are those of all', async () => {
    await cache.namespace('users').set('1', 1, { tags: ['a'] });
    await cache.purgeTags(['a']);
    expect(await cache.get('users:1')).toBeUndefined();
  });

  it('survive a touch', async () => {
    await cache.set('k', 1, { tags: ['a'], ttlMs: 10 });
    await cache.touch('k', { ttlMs: 1_000 });
    home.clock.advance(10);
    expect(await home.open().get('k')).toBe(1);
    await cache.purgeTags(['a']);
    expect(await home.open().get('k')).toBeUndefined();
  });
});

describe('other processes', () => {
  it('see a purge within tagsTtlMs, a set and a delete within l1.ttlMs', async () => {
    const other = home.open();
    await cache.setMany(
      [
        ['a', 1],
        ['b', 1],
        ['c', 1],
      ],
      { tags: ['t'] },
    );
    await other.getMany(['a', 'b', 'c']);
    await cache.set('a', 2);
    await cache.delete('b');
    home.clock.advance(5_000);
    expect([await other.get('a'), await other.get('b'), await other.get('c')]).toEqual([2, undefined, 1]);
    await cache.purgeTags(['t']);
    home.clock.advance(1_000);
    expect(await other.get('c')).toBeUndefined();
  });
});

describe('close', () => {
  it('waits for what is under way, and lets memory go', async () => {
    await cache.set('k', 'old', { ttlMs: 1, staleMs: 1_000 });
    home.clock.advance(1);
    expect(await cache.getOrLoad('k', async () => 'new')).toBe('old');
    await cache.close();
    expect((await cache.health()).l1).toEqual({ entries: 0, bytes: 0 });
    expect(await home.open().get('k')).toBe('new');
  });
});

it('a walk that is cut short says so', async () => {
  await cache.setMany(Array.from({ length: 1_500 }, (_, i) => [`k${i}`, i]));
  const { complete } = await home.open().purgePattern('k*', { maxSteps: 1 });
  expect(complete).toBe(false);
  expect(await home.open().purgePattern('k*')).toMatchObject({ complete: true });
  expect((await home.open().getMany(['k1', 'k1499'])).size).toBe(0);
});
