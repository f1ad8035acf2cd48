/**
 * `headrace/cache` in a Worker: the cache over fetch, and over node:zlib by the flag `nodejs_compat`.
 */
import { type OpenCache, openCacheIn } from '../shared/cache/runtime.ts';
import { systemClock as clock } from '../shared/primitives/clock.ts';
import { randomId as createId } from '../shared/primitives/ids.ts';
import { createUpstashRedis } from '../shared/redis/upstash.ts';
import { BODY_CODECS as codecs } from './adapters/body-codecs.ts';

export * from '../shared/cache/public.ts';

export const createCache: OpenCache = openCacheIn({
  // Looked up at each call: in a Worker fetch belongs to the global object.
  connect: (address, options) =>
    createUpstashRedis({ ...address, ...options, fetch: (url, init) => fetch(url, init) }),
  codecs,
  clock,
  random: Math.random,
  createId,
});
