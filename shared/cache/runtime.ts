/**
 * The cache's door for applications: what the runtime gives is filled in, and the official Redis class is taken for the
 * database behind it.
 *
 * Shape   runtime -> (options -> Cache)
 * Errors  as createCache; TypeError for a Redis class whose database cannot be found
 */

import type { Redis } from '../redis/redis.ts';
import { isUpstashClient, locateUpstash, type UpstashClient } from '../redis/upstash-client.ts';
import type { ApplicationListener } from './application-events.ts';
import { createCache } from './cache.ts';
import type { Cache } from './cache-api.ts';
import { combineListeners } from './listeners.ts';
import type { CacheOptions, CacheRuntime, RedisAddress } from './options.ts';

export interface OpenOptions extends Omit<CacheOptions, 'redis'> {
  /** Where it is, `@upstash/redis`'s own `Redis`, or our port. Absent: memory alone. */
  readonly redis?: RedisAddress | UpstashClient | Redis;
}

export type OpenCache = (options?: OpenOptions) => Cache;

/** `onEvent` hears what every cache of this door tells, besides the cache's own listener. */
export function openCacheIn(runtime: CacheRuntime, onEvent?: ApplicationListener): OpenCache {
  return ({ redis, ...options } = {}) => {
    const listener = onEvent && { onEvent: combineListeners([onEvent, options.onEvent]) };
    return createCache({ ...options, ...locate(redis), ...listener }, runtime);
  };
}

function locate(given: OpenOptions['redis']): Pick<CacheOptions, 'redis'> {
  if (given === undefined) return {};
  return { redis: isUpstashClient(given) ? locateUpstash(given) : given };
}
