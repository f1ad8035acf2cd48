import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApplicationEvent } from '../../../shared/cache/application-events.ts';
import type { Cache } from '../../../shared/cache/cache-api.ts';
import { createWriteBehind, createWriteThrough } from '../../../shared/cache/write-policy.ts';
import { until } from '../../eventually.ts';
import { createCacheHome } from '../../fakes/cache.ts';

let cache: Cache;
let saved: [string, number][][];
const save = async (entries: ReadonlyMap<string, number>) => void saved.push([...entries]);
const fail = async () => {
  throw new Error('disk full');
};

beforeEach(async () => {
  cache = (await createCacheHome()).open();
  saved = [];
});

describe('through', () => {
  it('the source has it before the cache, and both before the caller goes on', async () => {
    const order: string[] = [];
    const writer = createWriteThrough<number>({
      cache: {
        ...cache,
        async set(...args) {
          order.push('cache');
          return cache.set(...args);
        },
      },
      save: async () => void order.push('source'),
    });
    await writer.write('k', 1);
    expect(order).toEqual(['source', 'cache']);
    expect(await cache.get('k')).toBe(1);
  });

  it('what the source refuses never comes into the cache', async () => {
    await expect(createWriteThrough<number>({ cache, save: fail }).write('k', 1)).rejects.toThrow(
      'disk full',
    );
    expect(await cache.has('k')).toBe(false);
  });
});

describe('behind', () => {
  it('the cache has it at once, the source when it is flushed, each key once with its last value', async () => {
    const writer = createWriteBehind<number>({ cache, save });
    for (const [key, value] of [
      ['a', 1],
      ['b', 1],
      ['a', 2],
    ] as const)
      await writer.write(key, value);
    expect(await cache.get('a')).toBe(2);
    expect(saved).toEqual([]);
    await writer.flush();
    expect(saved).toEqual([
      [
        ['a', 2],
        ['b', 1],
      ],
    ]);
  });

  it('is flushed by size', async () => {
    const works: Promise<unknown>[] = [];
    const writer = createWriteBehind<number>(
      { cache, save },
      { maxEntries: 2, waitUntil: work => works.push(work) },
    );
    for (const key of ['a', 'b', 'c']) await writer.write(key, 1);
    await Promise.all(works);
    expect(saved).toEqual([
      [
        ['a', 1],
        ['b', 1],
      ],
    ]);
  });

  it('is flushed by age', async () => {
    const writer = createWriteBehind<number>({ cache, save }, { maxAgeMs: 5 });
    await writer.write('a', 1);
    await until(() => saved.length === 1);
    expect(saved).toEqual([[['a', 1]]]);
  });

  it('batches follow each other, however long one takes', async () => {
    let finish = () => {};
    const slow = (entries: ReadonlyMap<string, number>) =>
      saved.length > 0
        ? save(entries)
        : new Promise<void>(resolve => {
            saved.push([...entries]);
            finish = resolve;
          });
    const writer = createWriteBehind<number>({ cache, save: slow }, { maxEntries: 1 });
    await writer.write('a', 1);
    await writer.write('a', 2);
    await until(() => saved.length > 0);
    expect(saved).toEqual([[['a', 1]]]);
    finish();
    await writer.flush();
    expect(saved).toEqual([[['a', 1]], [['a', 2]]]);
  });

  it('what the source refuses is given again, then lost and told', async () => {
    const events: ApplicationEvent[] = [];
    const failing = vi.fn(fail);
    const writer = createWriteBehind<number>(
      { cache, save: failing },
      { onEvent: event => events.push(event) },
    );
    await writer.write('a', 1);
    await writer.flush();
    expect(failing).toHaveBeenCalledTimes(3);
    expect(events).toEqual([{ kind: 'write-lost', key: 'a', error: new Error('disk full') }]);
  });

  it.each([{ maxEntries: 0 }, { maxAgeMs: -1 }, { attempts: 1.5 }])('%o is refused', options => {
    expect(() => createWriteBehind<number>({ cache, save }, options)).toThrow(/must be/);
  });
});
