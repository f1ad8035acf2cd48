import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Cache, LoadOptions } from '../../../shared/cache/cache-api.ts';
import type { CacheOptions } from '../../../shared/cache/options.ts';
import { until } from '../../eventually.ts';
import { type CacheHome, createCacheHome } from '../../fakes/cache.ts';

let home: CacheHome;
let cache: Cache;
let loads: number;
const load = async () => `v${++loads}`;
const fail = async () => {
  loads++;
  throw new Error('origin is down');
};

beforeEach(async () => {
  home = await createCacheHome();
  cache = home.open();
  loads = 0;
});

const ask = (options: LoadOptions<string>, how = load) => cache.getOrLoad('k', how, options);
const eventsOf = (kind: string) => home.events.filter(event => event.kind === kind);

describe('a fresh value', () => {
  it('is not loaded again until its time is over', async () => {
    expect(await ask({ ttlMs: 100 })).toBe('v1');
    home.clock.advance(99);
    expect(await ask({ ttlMs: 100 })).toBe('v1');
    home.clock.advance(1);
    expect(await ask({ ttlMs: 100 })).toBe('v2');
  });

  it('begins to be refreshed in the last part of its time, behind a hit', async () => {
    const options = { ttlMs: 100, eagerRatio: 0.8 };
    await ask(options);
    home.clock.advance(79);
    await ask(options);
    expect(loads).toBe(1);
    home.clock.advance(1);
    expect(await ask(options)).toBe('v1');
    await cache.flush();
    expect(await ask(options)).toBe('v2');
    expect(loads).toBe(2);
  });

  it('lives shorter by chance where jitter is asked for', async () => {
    // The fake's chance is always one half.
    await ask({ ttlMs: 100, jitterRatio: 0.2 });
    home.clock.advance(89);
    expect(await ask({ ttlMs: 100 })).toBe('v1');
    home.clock.advance(1);
    expect(await ask({ ttlMs: 100 })).toBe('v2');
  });
});

describe('a stale value', () => {
  const options = { ttlMs: 100, staleMs: 50 };

  it('is given at once and refreshed behind, once for all who ask', async () => {
    await ask(options);
    home.clock.advance(120);
    expect(await Promise.all([ask(options), ask(options), ask(options)])).toEqual(['v1', 'v1', 'v1']);
    await cache.flush();
    expect(loads).toBe(2);
    expect(await ask(options)).toBe('v2');
    expect(eventsOf('loaded').at(-1)).toMatchObject({ background: true });
  });

  it('is told by find, and still found by get', async () => {
    await ask(options);
    home.clock.advance(120);
    expect(await cache.find('k')).toEqual({ hit: true, value: 'v1', stale: true });
    expect(await cache.get('k')).toBe('v1');
    home.clock.advance(30);
    expect(await cache.find('k')).toEqual({ hit: false });
  });

  it('goes on being served while its refresh fails, which is left alone for a while', async () => {
    await ask(options);
    home.clock.advance(110);
    for (let i = 0; i < 5; i++) {
      expect(await ask(options, fail)).toBe('v1');
      await cache.flush();
    }
    expect(loads).toBe(2);
  });

  it('is what a soft purge leaves', async () => {
    await ask({ ...options, tags: ['a'] });
    await cache.purgeTags(['a'], { soft: true });
    expect(await ask({ ...options, tags: ['a'] })).toBe('v1');
    await cache.flush();
    expect(await ask({ ...options, tags: ['a'] })).toBe('v2');
    expect(await home.open().find('k', { tags: ['a'] })).toMatchObject({ value: 'v2', stale: false });
  });
});

describe('a value in its fail-safe window', () => {
  const options = { ttlMs: 100, failSafeMs: 100_000, backoffMs: 1_000 };

  it('is loaded anew, and served where that fails', async () => {
    await ask(options);
    home.clock.advance(100);
    expect(await cache.get('k')).toBeUndefined();
    expect(await ask(options, fail)).toBe('v1');
    expect(eventsOf('load-failed').at(-1)).toMatchObject({ served: true });
  });

  it('is served without asking a loader that has just failed, each time for longer', async () => {
    await ask(options);
    home.clock.advance(100);
    await ask(options, fail);
    home.clock.advance(999);
    await ask(options, fail);
    expect(loads).toBe(2);
    home.clock.advance(1);
    await ask(options, fail);
    expect(loads).toBe(3);
    home.clock.advance(1_999);
    await ask(options, fail);
    expect(loads).toBe(3);
    home.clock.advance(1);
    expect(await ask(options)).toBe('v4');
  });

  it('is served when the loader takes longer than the soft timeout, and its value is kept when it comes', async () => {
    await ask(options);
    home.clock.advance(100);
    let finish = (_: string) => {};
    const slow = () =>
      new Promise<string>(resolve => {
        finish = resolve;
      });
    expect(await ask({ ...options, softTimeoutMs: 5 }, slow)).toBe('v1');
    finish('late');
    await cache.flush();
    expect(await ask(options)).toBe('late');
  });

  it('is gone when it is dead', async () => {
    await ask({ ttlMs: 100, failSafeMs: 100 });
    home.clock.advance(200);
    await expect(ask(options, fail)).rejects.toThrow('origin is down');
  });
});

describe('a loader', () => {
  it('that fails fails for all who wait, and is asked again by the next', async () => {
    const all = Array.from({ length: 20 }, () => ask({}, fail));
    const outcomes = await Promise.allSettled(all);
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(loads).toBe(1);
    expect(await ask({})).toBe('v2');
  });

  it('that was begun by a caller who is gone is followed for so long, then done anew', async () => {
    // He ends by his hard timeout, long after this test.
    ask({}, () => new Promise<string>(() => {})).catch(() => {});
    expect(await ask({ followMs: 5 })).toBe('v1');
  });

  it('that throws at once fails as one that rejects', async () => {
    const thrown = () => {
      throw new TypeError('synchronous');
    };
    await expect(ask({}, thrown)).rejects.toThrow('synchronous');
  });

  it('is ended by its hard timeout, and told so', async () => {
    let seen: AbortSignal | undefined;
    const hang = ({ signal }: { signal: AbortSignal }) => {
      seen = signal;
      return new Promise<string>(() => {});
    };
    await expect(cache.getOrLoad('k', hang, { hardTimeoutMs: 5 })).rejects.toMatchObject({
      code: 'CACHE_LOAD_TIMEOUT',
    });
    expect(seen?.aborted).toBe(true);
    expect(await ask({})).toBe('v1');
  });

  it.each([null, undefined])('of nothing (%s) is remembered as long as it is told', async nothing => {
    const options = { ttlMs: 100, negativeTtlMs: 10 };
    const none = vi.fn(async () => nothing);
    for (let i = 0; i < 2; i++) expect(await cache.getOrLoad('k', none, options)).toBe(nothing);
    expect(none).toHaveBeenCalledTimes(1);
    home.clock.advance(10);
    await cache.getOrLoad('k', none, options);
    expect(none).toHaveBeenCalledTimes(2);
  });

  it('gives what the cache gives afterwards: the same frozen value, not its own', async () => {
    const own = { list: [1, 2] };
    const first = await cache.getOrLoad('k', () => own);
    own.list.push(3);
    expect(first).toEqual({ list: [1, 2] });
    expect(Object.isFrozen(first.list)).toBe(true);
    expect(await cache.get('k')).toEqual({ list: [1, 2] });
  });

  it('whose value is too large serves it and keeps nothing', async () => {
    cache = home.open({ maxValueBytes: 10 });
    expect(await ask({}, async () => 'x'.repeat(11))).toHaveLength(11);
    expect(await cache.has('k')).toBe(false);
    expect(eventsOf('not-kept')).toHaveLength(1);
  });
});

describe('what happens while the loader runs wins over what it loads', () => {
  const during = (options: CacheOptions, happening: (other: Cache) => Promise<unknown>) => async () => {
    const other = home.open(options);
    await other.get('k', { tags: ['a'] });
    await happening(other);
    return 'old';
  };

  it.each([
    ['a purge of its tag, by another process', (other: Cache) => other.purgeTags(['a'])],
    ['a purge of its prefix, by another process', (other: Cache) => other.purgePrefix('users:')],
    ['a clear, by another process', (other: Cache) => other.clear()],
    ['a purge of a tag learned from the value', (other: Cache) => other.purgeTags(['learned'])],
  ])('%s', async (_, happening) => {
    const tags = () => ['a', 'learned'];
    await cache.getOrLoad('users:1', during({}, happening), { tags });
    expect(await home.open().get('users:1')).toBeUndefined();
    home.clock.advance(1_000);
    expect(await cache.get('users:1')).toBeUndefined();
  });

  it.each([
    ['a set', () => cache.set('k', 'new'), 'new'],
    ['a delete', () => cache.delete('k'), undefined],
    ['a purge', () => cache.purgeTags(['a']), undefined],
  ])('%s by the same process, at once', async (_, happening, expected) => {
    await cache.getOrLoad('k', during({}, happening), { tags: ['a'] });
    expect(await cache.get('k')).toBe(expected);
    expect(await home.open().get('k')).toBe(expected);
  });
});

describe('with waitUntil', () => {
  it('the answer does not wait for what Redis is told', async () => {
    const works: Promise<unknown>[] = [];
    let deliver = () => {};
    const slowly = {
      before: (_: string, [[command]]: readonly unknown[] & [[readonly string[]]]) =>
        command[0] === 'SET' &&
        new Promise<void>(resolve => {
          deliver = resolve;
        }),
    };
    cache = home.open({ waitUntil: work => works.push(work) }, slowly as never);
    expect(await ask({})).toBe('v1');
    expect(await home.open().get('k')).toBeUndefined();
    await until(() => works.length === 1);
    deliver();
    await Promise.all(works);
    expect(await home.open().get('k')).toBe('v1');
  });
});
