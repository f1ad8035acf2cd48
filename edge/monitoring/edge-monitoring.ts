/**
 * All that watches the edge at work: counts, slow requests, log lines and traces, and what they are read by.
 *
 * No request waits for any of it. Switched off in headrace.config.ts, nothing is counted or told; traces go on, since they
 * belong to whoever began them.
 *
 * Errors  none that a request could feel
 * Cost    a request: about a microsecond (npm run bench:edge); an isolate: one Redis trip in ten seconds, behind requests
 */

import type { Handler } from 'hono';
import type { CacheListener } from '../../shared/cache/events.ts';
import type { Plan } from '../../shared/config/plan.ts';
import { createFlushing } from '../../shared/monitoring/flushing.ts';
import { createMemoryMetricsStore } from '../../shared/monitoring/memory-metrics-store.ts';
import { createMetricsReader, type MetricsReader } from '../../shared/monitoring/metrics-reader.ts';
import { createRedisMetricsStore } from '../../shared/monitoring/redis-metrics-store.ts';
import { createRegistry } from '../../shared/monitoring/registry.ts';
import { parseSamples } from '../../shared/monitoring/sample.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import { randomHex, randomId } from '../../shared/primitives/ids.ts';
import type { Redis } from '../../shared/redis/redis.ts';
import type { Breaker } from '../../shared/resilience/breaker.ts';
import type { SendUpstream } from '../adapters/upstream.ts';
import { IMAGE_RULE } from '../images/image-plan.ts';
import type { OnAnswered } from '../proxy/answered.ts';
import { createAnswerCounter } from './count-answers.ts';
import { countOrigins } from './count-origins.ts';
import { countPurges, countQuiet, type QuietReason } from './count-purges.ts';
import { countBreaker, countRedis, type RedisUse } from './count-redis.ts';
import { createRequestLog } from './log-requests.ts';
import { createSlowRequests } from './slow-requests.ts';
import { createTraces, traceOrigins } from './traces.ts';

export interface EdgeMonitoringDeps {
  readonly plan: Pick<Plan, 'metrics' | 'mode' | 'routes' | 'levels'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** A line of the log. */
  readonly write: (line: string) => void;
}

export interface EdgeMonitoring {
  readonly onCacheEvent: CacheListener;
  watchOrigins(send: SendUpstream): SendUpstream;
  watchRedis(redis: Redis, use: RedisUse): Redis;
  watchBreaker(breaker: Breaker): Breaker;
  watchPurges(purge: Handler): Handler;
  /** Where counts go: all isolates' in Redis, this one's where there is none. */
  connect(redis: Redis | undefined): ConnectedMonitoring;
}

export interface ConnectedMonitoring {
  /** Absent where metrics are switched off. */
  readonly onAnswered: OnAnswered | undefined;
  readonly reader: MetricsReader;
  /** Counted and sent: alarms that a reason explains wait from now on. */
  keepQuiet(reason: QuietReason): Promise<void>;
}

export function createEdgeMonitoring(deps: EdgeMonitoringDeps): EdgeMonitoring {
  const { plan, clock, random, sleep, write } = deps;
  const { enabled, slowMs, logShare } = plan.metrics;
  const registry = createRegistry();
  const traces = createTraces({ randomHex, random, sampledShare: enabled ? logShare : 0 });
  const slow = createSlowRequests(traces, slowMs);
  const log = createRequestLog({ write, random, traces }, { slowMs, share: logShare });

  function connect(redis: Redis | undefined): ConnectedMonitoring {
    const own = createMemoryMetricsStore();
    const shared = redis && createRedisMetricsStore({ redis, clock }, plan.levels.l2.keyPrefix);
    const takeNotes = slow.take;
    const flushing = createFlushing({ registry, own, shared, clock, createId: randomId, sleep, takeNotes });
    const count = createAnswerCounter(registry, [IMAGE_RULE, ...plan.routes.rules]);
    const onAnswered: OnAnswered = (answered, asking) => {
      const now = answered.startedAt + answered.totalMs;
      flushing.begin(now);
      count(answered);
      slow.note(answered, asking);
      log(answered, asking);
      flushing.counted(now, asking.waitUntil);
    };
    const untaken = () => parseSamples(registry.look());
    const reader = createMetricsReader({ own, shared, flush: flushing.flush, untaken });
    const keepQuiet = (reason: QuietReason) => {
      if (enabled) countQuiet(registry, reason);
      return flushing.flush();
    };
    return { onAnswered: enabled ? onAnswered : undefined, reader, keepQuiet };
  }

  return {
    onCacheEvent({ kind }) {
      if (enabled) registry.add(registry.slot('counter', 'edge_cache_events_total', { event: kind }));
    },
    watchOrigins(send) {
      // A pure proxy hands on what it is given.
      const traced = plan.mode === 'off' ? send : traceOrigins(send, traces);
      return enabled ? countOrigins(traced, { registry, clock }) : traced;
    },
    watchRedis: (redis, use) => (enabled ? countRedis(redis, { registry, clock, use }) : redis),
    watchBreaker: breaker => (enabled ? countBreaker(breaker, registry) : breaker),
    watchPurges: purge => (enabled ? countPurges(purge, registry) : purge),
    connect,
  };
}
