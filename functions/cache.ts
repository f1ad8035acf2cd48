/**
 * `headrace/cache` in Node: the cache over undici and node:zlib; `DEBUG=headrace:*` in the environment prints its events.
 */
import { createDebugLog } from '../shared/cache/listeners.ts';
import { type OpenCache, openCacheIn } from '../shared/cache/runtime.ts';
import { systemClock as clock } from '../shared/primitives/clock.ts';
import { randomId as createId } from '../shared/primitives/ids.ts';
import type { UpstashEndpoint } from '../shared/redis/upstash-connection.ts';
import { BODY_CODECS as codecs } from './adapters/body-codecs.ts';
import { createUndiciRedis } from './adapters/undici-redis.ts';

export * from '../shared/cache/public.ts';
export { createUndiciSend } from './adapters/undici-redis.ts';

const runtime = {
  connect: (address: UpstashEndpoint, options: { readonly deadlineMs: number }) =>
    createUndiciRedis({ ...address, ...options }),
  codecs,
  clock,
  random: Math.random,
  createId,
};

export const createCache: OpenCache = openCacheIn(runtime, createDebugLog(process.env.DEBUG, console.error));
