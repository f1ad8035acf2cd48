/**
 * The Worker: reads its bindings, builds the adapters, wires the application; once per isolate, at its first request.
 */

import { version } from '../package.json';
import { createLeases } from '../shared/cache/lease.ts';
import { createLevels } from '../shared/cache/levels.ts';
import { createMemoryStore } from '../shared/cache/memory-store.ts';
import { createRedisStore } from '../shared/cache/redis-store.ts';
import { createValueKeys } from '../shared/cache/value-keys.ts';
import type { Plan } from '../shared/config/plan.ts';
import type { Settings } from '../shared/config/settings.ts';
import { systemClock as clock } from '../shared/primitives/clock.ts';
import { randomId as createId } from '../shared/primitives/ids.ts';
import { lazy } from '../shared/primitives/lazy.ts';
import { createGuardedRedis } from '../shared/redis/guarded-redis.ts';
import type { Redis } from '../shared/redis/redis.ts';
import { createUpstashRedis } from '../shared/redis/upstash.ts';
import { createBreaker } from '../shared/resilience/breaker.ts';
import { createBodyPipe as createPipe } from './adapters/body-pipe.ts';
import { CODECS as codecs } from './adapters/codecs.ts';
import { markUncached } from './adapters/mark-uncached.ts';
import { createUpstream } from './adapters/upstream.ts';
import { explain } from './api/explain.ts';
import { health } from './api/health.ts';
import { jobHandlers } from './api/jobs/handlers.ts';
import { openApi } from './api/openapi.ts';
import { purge } from './api/purge.ts';
import { type App, createApp } from './app.ts';
import { connectJobs } from './connect-jobs.ts';
import { dashboard } from './dashboard/pages.ts';
import { DASHBOARD_TEXTS } from './dashboard/texts.ts';
import { type Env, parseEnv } from './env.ts';
import { createEventLog } from './log-events.ts';
import type { PlatformContext } from './platform.ts';
import { createProxy } from './proxy/handler.ts';
import { createKnownSearch } from './proxy/keeping/known-search.ts';
import type { Stored } from './proxy/stored.ts';
import { createUnready } from './unready.ts';

const { random } = Math;
const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms));

let app: App | undefined;
/** The same for all requests of an isolate, and dear to ask: the context is the platform's. */
let isBehindCache: boolean | undefined;

export default {
  fetch(request, env, context) {
    app ??= build(env);
    const answer = app.fetch(request, context);
    isBehindCache ??= (context as PlatformContext).cache !== undefined;
    return isBehindCache ? Promise.resolve(answer).then(markUncached) : answer;
  },
} satisfies ExportedHandler<Env>;

function build(env: Env): App {
  const parsed = parseEnv(env);
  if (!parsed.ok) return createUnready(parsed.sentence);
  const { plan, settings } = parsed;
  const send = createUpstream(env);
  const redis = connectRedis(plan, settings);
  const cache = connectCache(plan, redis);
  const knownSearch = createKnownSearch();
  return createApp({
    base: plan.base,
    adminTokens: plan.adminTokens,
    health: health({ origins: [...plan.origins.values()], redis, send, clock }),
    purge: purge({ cache, createId, routes: plan.routes }),
    explain: explain({ plan, cache, clock, knownSearch }),
    jobs: jobHandlers({ open: lazy(() => openJobs(settings)), clock, sleep }),
    openApi: openApi({ base: plan.base, version }),
    dashboard: dashboard({ base: plan.base, texts: DASHBOARD_TEXTS, createId }),
    proxy: createProxy({
      plan,
      cache,
      knownSearch,
      send,
      clock,
      random,
      createPipe,
      codecs,
      leases: connectLeases(plan, redis),
    }),
  });
}

function connectRedis({ mode, levels }: Plan, settings: Settings): Redis | undefined {
  if (!settings.redis || mode === 'off') return undefined;
  const { url, token } = settings.redis;
  const redis = createUpstashRedis({
    url,
    token,
    deadlineMs: levels.l2.deadlineMs,
    fetch: (to, init) => fetch(to, init),
  });
  return createGuardedRedis(redis, createBreaker({ clock, random }));
}

function openJobs(settings: Settings) {
  const log = (entry: object) => console.warn(JSON.stringify(entry));
  return connectJobs(settings, { clock, random, createId, fetch: (to, init) => fetch(to, init), log });
}

function connectLeases({ levels }: Plan, redis: Redis | undefined) {
  const { lease, keyPrefix } = levels.l2;
  return redis && lease ? createLeases({ redis, keys: createValueKeys(keyPrefix), createId }) : undefined;
}

function connectCache({ levels }: Plan, redis: Redis | undefined) {
  const onEvent = createEventLog(line => console.warn(line), clock);
  const memory = createMemoryStore<Stored>({ ...levels.l1, clock });
  const shared = redis && createRedisStore<Stored>({ redis, clock, createId, onEvent }, levels.l2);
  return createLevels<Stored>({ memory, shared, onEvent, readMs: levels.l2.deadlineMs });
}
