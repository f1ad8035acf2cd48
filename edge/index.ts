/**
 * The Worker: reads its bindings, builds the adapters, wires the application; once per isolate, at its first request.
 */

import { createLeases } from '../shared/cache/lease.ts';
import { createValueKeys } from '../shared/cache/value-keys.ts';
import type { Plan } from '../shared/config/plan.ts';
import type { Settings } from '../shared/config/settings.ts';
import { systemClock as clock } from '../shared/primitives/clock.ts';
import { randomId as createId } from '../shared/primitives/ids.ts';
import { lazy } from '../shared/primitives/lazy.ts';
import { createGuardedRedis } from '../shared/redis/guarded-redis.ts';
import type { Redis } from '../shared/redis/redis.ts';
import { createUpstashRedis } from '../shared/redis/upstash.ts';
import { type Breaker, createBreaker } from '../shared/resilience/breaker.ts';
import { createRedisScalingStore } from '../shared/scaling/store.ts';
import { createBodyPipe as createPipe } from './adapters/body-pipe.ts';
import { CODECS as codecs } from './adapters/codecs.ts';
import { markUncached } from './adapters/mark-uncached.ts';
import { createUpstream } from './adapters/upstream.ts';
import { alerts } from './api/alerts.ts';
import { cdnFigures } from './api/cdn-figures.ts';
import { explain } from './api/explain.ts';
import { createHealthReport, health } from './api/health.ts';
import { imageVariants } from './api/image-variants.ts';
import { invalidate } from './api/invalidate.ts';
import { jobHandlers, type OpenedJobs } from './api/jobs/handlers.ts';
import { readLastDay } from './api/last-day.ts';
import openApiText from './api/openapi.json' with { type: 'text' };
import { openApi } from './api/openapi.ts';
import { outboxHandlers } from './api/outbox.ts';
import { performance } from './api/performance.ts';
import { presignAsset } from './api/presign-asset.ts';
import { purge } from './api/purge.ts';
import { scaling } from './api/scaling.ts';
import { type App, createApp } from './app.ts';
import { withBucket } from './assets/ask-bucket.ts';
import { connectCache } from './connect-cache.ts';
import { connectFunctions } from './connect-functions.ts';
import { connectJobs } from './connect-jobs.ts';
import { dashboard } from './dashboard/pages.ts';
import { DASHBOARD_TEXTS } from './dashboard/texts.ts';
import { type Env, parseEnv } from './env.ts';
import { imageHandler } from './images/answer-image.ts';
import { connectImages } from './images/connect-images.ts';
import type { RedisUse } from './monitoring/count-redis.ts';
import { createEdgeMonitoring, type EdgeMonitoring } from './monitoring/edge-monitoring.ts';
import type { PlatformContext, PlatformRequestInit } from './platform.ts';
import { createProxy } from './proxy/handler.ts';
import { createKnownSearch } from './proxy/keeping/known-search.ts';
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
  const monitoring = createEdgeMonitoring({ plan, clock, random, sleep, write: line => console.log(line) });
  const upstream = openUpstream(env, settings);
  const redis = connectRedis(plan, settings, monitoring);
  const { onAnswered, reader, keepQuiet } = monitoring.connect(redis?.metrics);
  const cache = connectCache(plan, settings, {
    redis: redis?.cache,
    count: monitoring.onCacheEvent,
    clock,
    createId,
    fetch: (to, init) => fetch(to, init),
  });
  const origins = [...plan.origins.values()];
  const openedJobs = lazy(() => openJobs(settings));
  const report = createHealthReport({
    origins,
    redis: redis?.cache,
    send: upstream,
    clock,
    jobs: () => checkOf(openedJobs()),
  });
  const knownSearch = createKnownSearch();
  const leases = connectLeases(plan, redis?.cache);
  const proxied = { plan, cache, onAnswered, clock, random, createPipe, codecs, leases };
  const fetchPlain = (to: string, init: PlatformRequestInit) => fetch(to, init);
  const answerImage = lazy(() =>
    connectImages(plan, settings, { ...proxied, fetch: fetchPlain, watch: monitoring.watchOrigins }),
  );
  const functions = lazy(() => connectFunctions(settings, { clock, fetch: (to, init) => fetch(to, init) }));
  return createApp({
    base: plan.base,
    adminTokens: plan.adminTokens,
    health: health(report),
    performance: performance({
      metrics: plan.metrics,
      reader,
      health: report,
      breakerState: () => redis?.breaker.state() ?? 'absent',
      clock,
    }),
    cdnFigures: cdnFigures({
      cdns: plan.cdns,
      functions,
      lastDay: () => readLastDay({ reader, metrics: plan.metrics, clock }),
      clock,
    }),
    alerts: alerts({ reader, keepQuiet, clock }),
    scaling: scaling({ targets: plan.scaling, open: lazy(() => openScaling(settings)), reader, clock }),
    purge: monitoring.watchPurges(purge({ cache, createId, routes: plan.routes })),
    invalidate: monitoring.watchPurges(
      invalidate({
        cache,
        createId,
        routes: plan.routes,
        cdns: plan.cdns,
        open: openedJobs,
        base: plan.base,
      }),
    ),
    explain: explain({ plan, cache, clock, knownSearch }),
    outbox: outboxHandlers({ functions }),
    jobs: jobHandlers({ open: openedJobs, clock, sleep }),
    image: imageHandler(answerImage),
    imageVariants: imageVariants({ answer: answerImage, path: plan.images.settings.path }),
    presignAsset: presignAsset({
      assetsUrl: settings.assetsUrl,
      credentials: settings.awsCredentials,
      region: settings.awsRegion,
      clock,
    }),
    openApi: openApi({ base: plan.base, text: openApiText }),
    dashboard: dashboard({ base: plan.base, texts: DASHBOARD_TEXTS, createId }),
    proxy: createProxy({ ...proxied, knownSearch, send: monitoring.watchOrigins(upstream) }),
  });
}

/** Without credentials there is no bucket to ask. */
function openUpstream(env: Env, { awsCredentials: credentials, awsRegion: region }: Settings) {
  const upstream = createUpstream(env);
  if (!credentials) return upstream;
  return withBucket(upstream, { credentials, region, clock, fetch: (to, init) => fetch(to, init) });
}

interface ConnectedRedis {
  readonly cache: Redis;
  readonly metrics: Redis;
  readonly breaker: Breaker;
}

/** One breaker for all: what has failed for one use is not tried for another. */
function connectRedis(
  { mode, levels }: Plan,
  settings: Settings,
  monitoring: EdgeMonitoring,
): ConnectedRedis | undefined {
  if (!settings.redis || mode === 'off') return undefined;
  const { url, token } = settings.redis;
  const redis = createUpstashRedis({
    url,
    token,
    deadlineMs: levels.l2.deadlineMs,
    fetch: (to, init) => fetch(to, init),
  });
  const breaker = monitoring.watchBreaker(createBreaker({ clock, random }));
  const guarded = (use: RedisUse) => createGuardedRedis(monitoring.watchRedis(redis, use), breaker);
  return { cache: guarded('cache'), metrics: guarded('metrics'), breaker };
}

function openScaling({ jobsRedis, mode }: Settings) {
  if (!jobsRedis || mode === 'off') return undefined;
  const redis = createUpstashRedis({ ...jobsRedis, deadlineMs: 2_000, fetch: (to, init) => fetch(to, init) });
  return createRedisScalingStore(redis, clock);
}

function checkOf(opened: OpenedJobs) {
  return opened.ok ? opened.jobs.check() : undefined;
}

function openJobs(settings: Settings) {
  const log = (entry: object) => console.warn(JSON.stringify(entry));
  return connectJobs(settings, { clock, random, createId, fetch: (to, init) => fetch(to, init), log });
}

function connectLeases({ levels }: Plan, redis: Redis | undefined) {
  const { lease, keyPrefix } = levels.l2;
  return redis && lease ? createLeases({ redis, keys: createValueKeys(keyPrefix), createId }) : undefined;
}
