/**
 * What an application relies on from the cache, whatever it stands on: memory, Redis, both, or both in a bad moment.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cache } from '../../shared/cache/cache-api.ts';

export interface CacheHome {
  /** One process; all of one home share what they can share. */
  open(): Cache;
  stop(): Promise<void>;
}

export function cacheContract(name: string, startHome: () => Promise<CacheHome>): void {
  describe(name, () => {
    let home: CacheHome;
    let cache: Cache;
    const keyOf = () => `contract:${randomUUID()}`;
    beforeAll(async () => {
      home = await startHome();
      cache = home.open();
    });
    afterAll(async () => {
      await cache.close();
      await home.stop();
    });

    const values: [string, unknown][] = [
      ['undefined', undefined],
      ['null', null],
      ['false', false],
      ['zero', 0],
      ['an empty text', ''],
      ['a text that looks like JSON', '{"a":1}'],
      ['a number in a text', '1e3'],
      ['an object', { name: 'Grüße, 東京 🚰', list: [1, { deep: [] }] }],
      ['a bigint', 2n ** 64n],
      ['a date', new Date(1_700_000_000_000)],
      ['a map of sets', new Map([['a', new Set([1, 2])]])],
      ['every byte', Uint8Array.from({ length: 256 }, (_, byte) => byte)],
      ['a megabyte', Uint8Array.from(randomBytes(1024 * 1024))],
      ['a long text', 'Wasser '.repeat(50_000)],
    ];
    it.each(values)('gives back %s as it was, and tells it from nothing', async (_, value) => {
      const key = keyOf();
      expect(await cache.find(key)).toEqual({ hit: false });
      await cache.set(key, value);
      const found = await cache.find(key);
      expect(found.hit && found.stale).toBe(false);
      expectSame(found.hit && found.value, value);
      expect(await cache.has(key)).toBe(true);
      expectSame(await cache.getOrLoad<unknown>(key, () => 'not loaded'), value);
    });

    it('keeps to any key within bounds, and gives nobody another’s value', async () => {
      const odd = ['a:b', 'a b', 'a\nb', 'a%3Ab', '../a', '?EX=1', '__proto__', 'ü', '*', 'k'.repeat(32_000)];
      const keys = odd.map(text => `${randomUUID()}${text}`).map(text => text.slice(0, 32_000));
      for (const key of keys) await cache.set(key, key);
      for (const key of keys) expect(await cache.get(key)).toBe(key);
      expect([...(await cache.getMany(keys)).values()]).toEqual(keys);
    });

    it('loads once for all who ask at the same time', async () => {
      const key = keyOf();
      let loads = 0;
      const load = async () => ++loads;
      const all = Array.from({ length: 20 }, () => cache.getOrLoad(key, load, { tags: ['a'] }));
      expect(await Promise.all(all)).toEqual(Array(20).fill(1));
      expect(await cache.get(key, { tags: ['a'] })).toBe(1);
    });

    it('sets and reads many', async () => {
      const keys = [keyOf(), keyOf(), keyOf()];
      await cache.setMany(
        keys.map((key, i) => [key, i === 1 ? new Uint8Array([1]) : { i }]),
        { tags: ['many'] },
      );
      const found = await cache.getMany([...keys, keyOf()]);
      expect([...found.keys()]).toEqual(keys);
      expect([...found.values()]).toEqual([{ i: 0 }, new Uint8Array([1]), { i: 2 }]);
    });

    it('deletes one and several', async () => {
      const keys = [keyOf(), keyOf(), keyOf()];
      await cache.setMany(keys.map(key => [key, 1]));
      await cache.delete(keys[0] ?? '');
      await cache.delete(keys.slice(1));
      expect((await cache.getMany(keys)).size).toBe(0);
    });

    it('purges by tag what carries it, given or learned, and nothing else', async () => {
      const [given, learned, other] = [keyOf(), keyOf(), keyOf()];
      const tag = randomUUID();
      await cache.set(given, 1, { tags: ['x', tag] });
      await cache.getOrLoad(learned, () => ({ tag }), { tags: value => [value.tag] });
      await cache.set(other, 3, { tags: ['x'] });
      await cache.purgeTags([tag]);
      expect(await Promise.all([given, learned, other].map(key => cache.get(key)))).toEqual([
        undefined,
        undefined,
        3,
      ]);
      await cache.set(given, 'new', { tags: [tag] });
      expect(await cache.get(given)).toBe('new');
    });

    it('purges a prefix, a pattern, a namespace', async () => {
      const root = randomUUID();
      const [a, b, c] = [`${root}:a:1`, `${root}:a:2`, `${root}:b:1`];
      const fill = () => cache.setMany([a, b, c].map(key => [key, key]));
      const left = async () => [...(await cache.getMany([a, b, c])).keys()];
      await fill();
      await cache.purgePrefix(`${root}:a:`);
      expect(await left()).toEqual([c]);
      await fill();
      expect(await cache.purgePattern(`${root}:*:1`)).toEqual({ deleted: 2, complete: true });
      expect(await left()).toEqual([b]);
      await fill();
      const space = cache.namespace(root);
      expect(await space.get('b:1')).toBe(c);
      await space.clear();
      expect(await left()).toEqual([]);
    });

    it('gives what is there a new life', async () => {
      const key = keyOf();
      expect(await cache.touch(key, { ttlMs: 60_000 })).toBe(false);
      const tag = randomUUID();
      await cache.set(key, { a: 1 }, { ttlMs: 60_000, tags: [tag] });
      expect(await cache.touch(key, { ttlMs: 0 })).toBe(true);
      expect(await cache.has(key)).toBe(false);
      await cache.set(key, { a: 1 }, { ttlMs: 60_000, tags: [tag] });
      expect(await cache.touch(key, { ttlMs: 120_000 })).toBe(true);
      expect(await cache.get(key)).toEqual({ a: 1 });
      await cache.purgeTags([tag]);
      expect(await cache.has(key)).toBe(false);
    });

    it('warms what is missing, and tells what failed', async () => {
      const [there, missing, broken] = [keyOf(), keyOf(), keyOf()];
      await cache.set(there, 'there');
      const error = new Error('no');
      const outcome = await cache.warm([
        { key: there, load: () => 'loaded' },
        { key: missing, load: () => 'loaded' },
        { key: broken, load: () => Promise.reject(error) },
      ]);
      expect(outcome).toEqual({ warmed: 2, failed: [{ key: broken, error }] });
      expect([await cache.get(there), await cache.get(missing)]).toEqual(['there', 'loaded']);
    });

    it('clears everything', async () => {
      const keys = [keyOf(), keyOf()];
      await cache.setMany(keys.map(key => [key, 1]));
      await cache.clear();
      expect((await cache.getMany(keys)).size).toBe(0);
      await cache.set(keys[0] ?? '', 2);
      expect(await cache.get(keys[0] ?? '')).toBe(2);
    });
  });
}

/** Of a megabyte the test's own comparison would take seconds. */
function expectSame(actual: unknown, expected: unknown): void {
  if (expected instanceof Uint8Array) {
    expect(actual).toBeInstanceOf(Uint8Array);
    expect(Buffer.compare(actual as Uint8Array, expected)).toBe(0);
  } else expect(actual).toStrictEqual(expected);
}
