/**
 * Ours and the peers behind one face, each set up as its documentation says for two levels: memory in front, Redis behind.
 */

import KeyvRedis from '@keyv/redis';
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { redisBusDriver, redisDriver } from 'bentocache/drivers/redis';
import { createCache as createCacheManager } from 'cache-manager';
import { Cacheable } from 'cacheable';
import { Keyv } from 'keyv';
import { createCache } from '../../../functions/cache.ts';
import type { Address } from './server.ts';

export interface Contender {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, tags?: readonly string[]): Promise<unknown>;
  getOrLoad(key: string, load: () => Promise<unknown>, tags?: readonly string[]): Promise<unknown>;
  /** Absent where it has no tags. */
  readonly purgeTags?: (tags: readonly string[]) => Promise<unknown>;
  close(): Promise<unknown>;
}

export interface OpenOptions {
  /** One lease across processes, where it is offered. @default false */
  readonly lease?: boolean;
}

export type Open = (address: Address, options?: OpenOptions) => Contender;

const TTL_MS = 600_000;

export const openOurs: Open = ({ url, token }, { lease = false } = {}) => {
  // Twenty processes on a few processors answer each other later than a Redis in the cloud does.
  const patience = lease ? { deadlineMs: 5_000 } : {};
  const cache = createCache({ redis: { url, token }, defaultTtlMs: TTL_MS, ...patience });
  const common = lease ? { lease: { waitMs: 10_000 } } : {};
  return {
    get: key => cache.get(key),
    set: (key, value, tags = []) => cache.set(key, value, { tags }),
    getOrLoad: (key, load, tags) => cache.getOrLoad(key, load, tags ? { ...common, tags } : common),
    purgeTags: tags => cache.purgeTags(tags),
    close: () => cache.close(),
  };
};

export const openBento: Open = ({ port }) => {
  const connection = { host: '127.0.0.1', port };
  const store = bentostore()
    .useL1Layer(memoryDriver({ maxSize: '64mb', maxItems: 10_000 }))
    .useL2Layer(redisDriver({ connection }))
    .useBus(redisBusDriver({ connection }));
  const bento = new BentoCache({ default: 'all', stores: { all: store }, ttl: TTL_MS });
  return {
    get: key => bento.get({ key }),
    set: (key, value, tags) => bento.set({ key, value, ...(tags && { tags: [...tags] }) }),
    getOrLoad: (key, factory, tags) => bento.getOrSet({ key, factory, ...(tags && { tags: [...tags] }) }),
    purgeTags: tags => bento.deleteByTag({ tags: [...tags] }),
    close: () => bento.disconnect(),
  };
};

export const openCacheable: Open = ({ port }) => {
  const cache = new Cacheable({
    secondary: new KeyvRedis(`redis://127.0.0.1:${port}`),
    ttl: TTL_MS,
    tags: true,
  });
  return {
    get: key => cache.get(key),
    set: (key, value, tags) => cache.set(key, value, { ttl: TTL_MS, ...(tags && { tags: [...tags] }) }),
    async getOrLoad(key, load, tags) {
      if (!tags) return cache.getOrSet(key, load, {});
      // Its getOrSet takes no tags.
      const found = await cache.get(key);
      if (found !== undefined) return found;
      const value = await load();
      await cache.set(key, value, { ttl: TTL_MS, tags: [...tags] });
      return value;
    },
    purgeTags: tags => cache.tags.invalidateTags([...tags]),
    close: () => cache.disconnect(),
  };
};

export const openCacheManager: Open = ({ port }) => {
  const stores = [new Keyv(), new Keyv({ store: new KeyvRedis(`redis://127.0.0.1:${port}`) })];
  const cache = createCacheManager({ stores, ttl: TTL_MS });
  return {
    get: key => cache.get(key),
    set: (key, value) => cache.set(key, value, TTL_MS),
    getOrLoad: (key, load) => cache.wrap(key, load, TTL_MS),
    close: () => cache.disconnect(),
  };
};

export const PEERS = {
  BentoCache: openBento,
  cacheable: openCacheable,
  'cache-manager': openCacheManager,
} satisfies Record<string, Open>;
