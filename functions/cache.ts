/**
 * `headrace/cache` in Node: the cache over undici and node:zlib.
 */
import { type OpenCache, openCacheIn } from '../shared/cache/runtime.ts';
import { systemClock as clock } from '../shared/primitives/clock.ts';
import { randomId as createId } from '../shared/primitives/ids.ts';
import { BODY_CODECS as codecs } from './adapters/body-codecs.ts';
import { createUndiciRedis } from './adapters/undici-redis.ts';

export * from '../shared/cache/public.ts';
export { createUndiciSend } from './adapters/undici-redis.ts';

export const createCache: OpenCache = openCacheIn({
  connect: (address, options) => createUndiciRedis({ ...address, ...options }),
  codecs,
  clock,
  random: Math.random,
  createId,
});
