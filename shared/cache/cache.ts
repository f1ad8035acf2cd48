/**
 * The cache for applications: memory in front, Redis behind, tags, windows and loaders (cache-api.ts says what it can do).
 *
 * Shape   createCache(options, runtime) -> Cache; the runtime comes from an adapter (Worker, Node)
 * Errors  CacheInputError for an option out of its range
 */

import type { Redis } from '../redis/redis.ts';
import { createBreaker } from '../resilience/breaker.ts';
import type { ApplicationListener } from './application-events.ts';
import { createBackground } from './background.ts';
import type { Cache, CacheHealth } from './cache-api.ts';
import { createFace } from './face.ts';
import { createGetOrLoad } from './get-or-load.ts';
import { createLeases } from './lease.ts';
import { combineListeners } from './listeners.ts';
import { createMeteredRedis } from './metered-redis.ts';
import { type CacheOptions, type CacheRuntime, type ResolvedOptions, resolveOptions } from './options.ts';
import { createStats } from './stats.ts';
import { createPlanStored } from './store-request.ts';
import { createValueLevels } from './value-levels.ts';
import { createValueMemory } from './value-memory.ts';
import { createValueStore } from './value-store.ts';

export function createCache(options: CacheOptions, runtime: CacheRuntime): Cache {
  const resolved = resolveOptions(options);
  const { clock, random } = runtime;
  const stats = createStats();
  const onEvent = combineListeners([stats.onEvent, resolved.onEvent]);
  const far = connectRedis(resolved, runtime, onEvent);
  const memory = createValueMemory(resolved.l1 ?? { maxBytes: 0, maxEntries: 0 }, clock);
  const { tagsTtlMs, deadlineMs } = resolved;
  const levelOptions = { l1TtlMs: resolved.l1?.ttlMs ?? 0, tagsTtlMs, deadlineMs };
  const levels = createValueLevels({ memory, store: far?.store, clock, onEvent }, levelOptions);
  const background = createBackground(resolved.waitUntil);
  const planStored = createPlanStored({ clock, random, maxValueBytes: resolved.maxValueBytes });
  const getOrLoad = createGetOrLoad({
    levels,
    leases: far?.leases,
    clock,
    random,
    onEvent,
    background: background.run,
    writesBehind: resolved.waitUntil !== undefined,
    planStored,
  });
  const health = async () => ({ ...(await (far?.health() ?? ABSENT)), l1: memory.size() });
  const machinery = { levels, getOrLoad, planStored, background, clock, onEvent, stats: stats.stats, health };
  return createFace(machinery, { prefix: '', load: resolved.load });
}

type RedisHealth = Omit<CacheHealth, 'l1'>;

const ABSENT: RedisHealth = { redis: 'absent', breaker: 'closed' };

function connectRedis(options: ResolvedOptions, runtime: CacheRuntime, onEvent: ApplicationListener) {
  const { deadlineMs, redis: given } = options;
  if (!given) return undefined;
  const { clock, random, createId, codecs = [] } = runtime;
  const breaker = createBreaker({ clock, random });
  const connection = 'pipeline' in given ? given : runtime.connect(given, { deadlineMs });
  const redis = createMeteredRedis({ redis: connection, breaker, clock, onEvent }, deadlineMs);
  const packing = { codecs, minBytes: options.compressFromBytes, maxBytes: options.maxValueBytes };
  const store = createValueStore({ redis, clock, createId, onEvent, packing }, options);

  async function health(): Promise<RedisHealth> {
    const startedAt = clock();
    const up = await isUp(redis);
    const latency = up && { latencyMs: clock() - startedAt };
    return { redis: up ? 'up' : 'down', breaker: breaker.state(), ...latency };
  }
  return { store, health, leases: createLeases({ redis, keys: store.keys, createId }) };
}

async function isUp(redis: Redis): Promise<boolean> {
  try {
    return (await redis.pipeline([['PING']]))[0] === 'PONG';
  } catch {
    return false;
  }
}
