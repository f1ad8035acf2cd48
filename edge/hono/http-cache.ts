/**
 * Where `cache()` keeps what it keeps: memory, and Redis over HTTP behind it where there is one. Several routes may share
 * one; it is also what purges.
 *
 * Shape   options -> Levels: `purge(['product-1'], { soft: false })`
 * Units   bytes, milliseconds
 * Errors  Redis in trouble is told to `onEvent`, never to a client
 */

import type { CacheListener } from '../../shared/cache/events.ts';
import { createLevels, type Levels } from '../../shared/cache/levels.ts';
import { createMemoryStore } from '../../shared/cache/memory-store.ts';
import { createRedisStore } from '../../shared/cache/redis-store.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { randomId as createId } from '../../shared/primitives/ids.ts';
import { createGuardedRedis } from '../../shared/redis/guarded-redis.ts';
import { createUpstashRedis } from '../../shared/redis/upstash.ts';
import { createBreaker } from '../../shared/resilience/breaker.ts';
import type { Stored } from '../proxy/stored.ts';

export interface HttpCacheOptions {
  /** @default 32 MiB */
  readonly maxBytes?: number;
  /** @default 10 000 */
  readonly maxEntries?: number;
  /** Upstash's REST protocol. @default memory alone */
  readonly redis?: { readonly url: string; readonly token: string };
  /** @default 'headrace' */
  readonly keyPrefix?: string;
  /** How long a purge by another process may go unseen. @default 1 000 */
  readonly tagsTtlMs?: number;
  /** @default says nothing */
  readonly onEvent?: CacheListener;
}

const DEFAULTS = {
  maxBytes: 32 * 1024 * 1024,
  maxEntries: 10_000,
  keyPrefix: 'headrace',
  tagsTtlMs: 1_000,
  onEvent: () => {},
} as const satisfies HttpCacheOptions;

const REDIS_DEADLINE_MS = 250;

export function createHttpCache(options: HttpCacheOptions = {}): Levels<Stored> {
  const { maxBytes, maxEntries, onEvent, redis, ...shared } = { ...DEFAULTS, ...options };
  const memory = createMemoryStore<Stored>({ maxBytes, maxEntries, clock });
  if (!redis) return createLevels<Stored>({ memory, onEvent });
  const direct = createUpstashRedis({
    ...redis,
    deadlineMs: REDIS_DEADLINE_MS,
    fetch: (to, init) => fetch(to, init),
  });
  const guarded = createGuardedRedis(direct, createBreaker({ clock, random: Math.random }));
  const store = createRedisStore<Stored>({ redis: guarded, clock, createId, onEvent }, shared);
  return createLevels<Stored>({ memory, shared: store, onEvent });
}
