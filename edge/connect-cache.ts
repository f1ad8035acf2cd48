/**
 * The cache of two levels as the plan has it, and beside it the index of tags where a CDN needs one.
 */

import type { CacheListener } from '../shared/cache/events.ts';
import { createLevels, type Levels } from '../shared/cache/levels.ts';
import { createMemoryStore } from '../shared/cache/memory-store.ts';
import { createRedisStore } from '../shared/cache/redis-store.ts';
import { createRedisTagIndex } from '../shared/cdn/tag-index/redis-tag-index.ts';
import type { Plan } from '../shared/config/plan.ts';
import type { Settings } from '../shared/config/settings.ts';
import type { Clock } from '../shared/primitives/clock.ts';
import type { CreateId } from '../shared/primitives/ids.ts';
import type { Redis } from '../shared/redis/redis.ts';
import { createUpstashRedis } from '../shared/redis/upstash.ts';
import { indexTags } from './index-tags.ts';
import { createEventLog } from './log-events.ts';
import type { Stored } from './proxy/stored.ts';

export interface ConnectCacheDeps {
  readonly redis: Redis | undefined;
  readonly count: CacheListener;
  readonly clock: Clock;
  readonly createId: CreateId;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

export function connectCache(plan: Plan, settings: Settings, deps: ConnectCacheDeps): Levels<Stored> {
  const { redis, count, clock, createId } = deps;
  const { l1, l2 } = plan.levels;
  const log = createEventLog(line => console.warn(line), clock);
  const onEvent: CacheListener = event => {
    log(event);
    count(event);
  };
  const memory = createMemoryStore<Stored>({ ...l1, clock });
  const shared = redis && createRedisStore<Stored>({ redis, clock, createId, onEvent }, l2);
  const cache = createLevels<Stored>({ memory, shared, onEvent, readMs: l2.deadlineMs });
  return withTagIndex(cache, { plan, settings, deps });
}

interface Indexing {
  readonly plan: Plan;
  readonly settings: Settings;
  readonly deps: Pick<ConnectCacheDeps, 'clock' | 'fetch'>;
}

/** In the Redis of the jobs: it drops nothing, and whoever tells the CDNs reads there. */
function withTagIndex(cache: Levels<Stored>, { plan, settings, deps }: Indexing): Levels<Stored> {
  const { jobsRedis } = settings;
  if (!plan.indexesTags || !jobsRedis) return cache;
  const redis = createUpstashRedis({ ...jobsRedis, fetch: deps.fetch });
  const log = (entry: object) => console.warn(JSON.stringify(entry));
  return indexTags(cache, { index: createRedisTagIndex({ redis, clock: deps.clock }), log });
}
