import { beforeEach, describe, expect, it } from 'vitest';
import type { Cache, LoadOptions } from '../../../shared/cache/cache-api.ts';
import { createLeases, waits } from '../../../shared/cache/lease.ts';
import { createValueKeys } from '../../../shared/cache/value-keys.ts';
import { type CacheHome, createCacheHome } from '../../fakes/cache.ts';

let home: CacheHome;
beforeEach(async () => {
  home = await createCacheHome();
});

describe('a lease', () => {
  const open = (id: string) =>
    createLeases({ redis: home.redis, keys: createValueKeys('p'), createId: () => id });

  it('is one process’s at a time, until it is given back', async () => {
    const [here, elsewhere] = [open('here'), open('elsewhere')];
    const release = await here.take('k', 1_000);
    expect(await elsewhere.take('k', 1_000)).toBeUndefined();
    expect(await elsewhere.take('other', 1_000)).toBeDefined();
    await release?.();
    expect(await elsewhere.take('k', 1_000)).toBeDefined();
  });

  it('ends by itself, and is then not given back by whoever held it', async () => {
    const [here, elsewhere] = [open('here'), open('elsewhere')];
    const late = await here.take('k', 1_000);
    home.clock.advance(1_000);
    expect(await elsewhere.take('k', 1_000)).toBeDefined();
    await late?.();
    expect(await here.take('k', 1_000)).toBeUndefined();
  });

  it('is everybody’s while Redis is away', async () => {
    const redis = { pipeline: () => Promise.reject(new Error('down')) };
    const leases = createLeases({ redis, keys: createValueKeys('p'), createId: () => 'id' });
    const release = await leases.take('k', 1_000);
    await expect(release?.()).resolves.toBeUndefined();
  });
});

it('waits grow, and end when they are told to', () => {
  expect([...waits(700, () => 1)]).toEqual([25, 50, 100, 200, 250, 75]);
  expect([...waits(0, () => 1)]).toEqual([]);
});

describe('a load under a lease', () => {
  const LEASE: LoadOptions<string> = { lease: { waitMs: 2_000 }, ttlMs: 60_000 };
  const kindsOfLease = () => home.events.flatMap(event => (event.kind === 'lease' ? [event.outcome] : []));

  it('happens once in ten processes with ten callers each', async () => {
    let loads = 0;
    const load = async () => {
      await new Promise(setImmediate);
      return `v${++loads}`;
    };
    const processes = Array.from({ length: 10 }, () => home.open());
    const all = processes.flatMap(cache =>
      Array.from({ length: 10 }, () => cache.getOrLoad('k', load, LEASE)),
    );
    expect(new Set(await Promise.all(all))).toEqual(new Set(['v1']));
    expect(loads).toBe(1);
    expect(kindsOfLease().filter(outcome => outcome === 'won')).toHaveLength(1);
  });

  /** A process that begins to load and does not end. */
  async function holdElsewhere(options: LoadOptions<string>): Promise<Cache> {
    const holder = home.open();
    await new Promise<void>(resolve => {
      const load = () => {
        resolve();
        return new Promise<string>(() => {});
      };
      void holder.getOrLoad('k', load, options).catch(() => {});
    });
    return holder;
  }

  it('is not waited for where an old value can be served', async () => {
    const options = { ...LEASE, failSafeMs: 100_000 };
    await home.open().set('k', 'old', { ttlMs: 1, failSafeMs: 100_000 });
    home.clock.advance(1);
    await holdElsewhere(options);
    expect(await home.open().getOrLoad('k', () => 'own', options)).toBe('old');
  });

  it('is done by the others too when they have waited long enough', async () => {
    const options = { lease: { waitMs: 30 } };
    await holdElsewhere(options);
    expect(await home.open().getOrLoad('k', () => 'own', options)).toBe('own');
    expect(kindsOfLease()).toEqual(['won', 'gave-up']);
  });

  it('is the next one’s when it fails', async () => {
    const failing = home.open().getOrLoad('k', () => Promise.reject(new Error('no')), LEASE);
    await expect(failing).rejects.toThrow('no');
    expect(await home.open().getOrLoad('k', () => 'own', LEASE)).toBe('own');
  });
});
