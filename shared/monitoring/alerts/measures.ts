/**
 * The few figures that alarms are made of, each a choice of series: they bear the same name in CloudWatch, and are sums of the
 * same series in Prometheus and in the edge's own evaluation.
 *
 * Shape   name -> metric, the labels it must have, for durations the bound above which they count
 * Units   of durations ms; of gauges the unit that is said, as CloudWatch has it
 */

import type { KnownMetric } from '../watched.ts';

export interface Measure {
  readonly metric: KnownMetric;
  /** One of the values, for each label. @default any */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  readonly kind: 'count' | 'durations' | 'gauge';
  /** Counts those above it: a bound that buckets end at, so the count is exact. */
  readonly aboveMs?: number;
  /** What a gauge is multiplied by to be in the unit of its thresholds. @default 1 */
  readonly scale?: number;
  /** In CloudWatch. */
  readonly unit: 'Count' | 'Milliseconds' | 'Percent' | 'Seconds';
  readonly says: string;
}

/** Outcomes of which the cache had a say. */
export const DECIDED = ['hit', 'stale', 'stale-if-error', 'revalidated', 'coalesced', 'miss'] as const;
/** Of these, such as spared the origin. */
export const HITS = ['hit', 'stale'] as const;
const FAILED = ['5xx', 'timeout', 'unreachable'] as const;

export const MEASURES = {
  Requests: { metric: 'edge_requests_total', ...count(), says: 'Requests that were answered' },
  Errors5xx: {
    metric: 'edge_requests_total',
    where: { status: ['5xx'] },
    ...count(),
    says: 'Answers of 500 or above',
  },
  Errors4xx: {
    metric: 'edge_requests_total',
    where: { status: ['4xx'] },
    ...count(),
    says: 'Answers of 4xx',
  },
  CacheDecided: {
    metric: 'edge_requests_total',
    where: { outcome: DECIDED },
    ...count(),
    says: 'Requests that the cache had a say in',
  },
  CacheHits: {
    metric: 'edge_requests_total',
    where: { outcome: HITS },
    ...count(),
    says: 'Of these, answered without the origin',
  },
  CacheMisses: {
    metric: 'edge_requests_total',
    where: { outcome: ['miss'] },
    ...count(),
    says: 'Of these, not there yet',
  },
  RequestDuration: {
    metric: 'edge_request_duration_seconds',
    ...durations(),
    says: 'Time until an answer was ready',
  },
  SlowAnswers: {
    metric: 'edge_request_duration_seconds',
    ...count(),
    aboveMs: 500,
    says: 'Answers that took more than 500 ms',
  },
  OriginDuration: {
    metric: 'edge_origin_duration_seconds',
    ...durations(),
    says: 'Time until an origin’s answer began',
  },
  OriginRequests: { metric: 'edge_origin_requests_total', ...count(), says: 'Requests to origins' },
  OriginFailures: {
    metric: 'edge_origin_requests_total',
    where: { result: FAILED },
    ...count(),
    says: 'Of these, failed',
  },
  RedisDuration: {
    metric: 'edge_redis_duration_seconds',
    ...durations(),
    says: 'Time of a trip to Redis',
  },
  RedisBreakerOpened: {
    metric: 'edge_redis_breaker_opened_total',
    ...count(),
    says: 'Times that Redis was left alone because it kept failing',
  },
  RedisMemory: {
    metric: 'redis_memory_used_ratio',
    ...gauge('Percent', 100),
    says: 'Memory of Redis in use',
  },
  RedisEvicted: { metric: 'redis_evicted_keys_total', ...count(), says: 'Keys that Redis dropped' },
  PurgesIncomplete: {
    metric: 'edge_purges_total',
    where: { result: ['incomplete'] },
    ...count(),
    says: 'Purges that Redis was not there for',
  },
  Quiet: {
    metric: 'edge_quiet_total',
    ...count(),
    says: 'Deployments and purges of everything',
  },
  JobsWaiting: { metric: 'jobs_waiting', ...gauge('Count'), says: 'Jobs of one type that wait' },
  JobsOldest: {
    metric: 'jobs_oldest_waiting_seconds',
    ...gauge('Seconds'),
    says: 'How long the oldest job has waited',
  },
  DeadLetters: { metric: 'jobs_dead_letters', ...gauge('Count'), says: 'Messages in dead-letter queues' },
  JobsEnded: { metric: 'jobs_ended_total', ...count(), says: 'Jobs that came to an end' },
  JobsDead: {
    metric: 'jobs_ended_total',
    where: { outcome: ['dead'] },
    ...count(),
    says: 'Jobs that were given up',
  },
  InvalidationsDead: {
    metric: 'jobs_ended_total',
    where: { outcome: ['dead'], type: ['invalidation'] },
    ...count(),
    says: 'Invalidations that were given up',
  },
  HealthFailed: { metric: 'health_checks_failed', ...gauge('Count'), says: 'Health checks that fail' },
  Queries: { metric: 'db_queries_total', ...count(), says: 'Statements of the database' },
  QuerySeconds: { metric: 'db_query_seconds_total', ...count(), says: 'Time that they took' },
  SlowQueries: {
    metric: 'db_slow_queries',
    ...gauge('Count'),
    says: 'Statements that run for longer than a second',
  },
  PoolUsed: {
    metric: 'db_connections_used_ratio',
    ...gauge('Percent', 100),
    says: 'Connections of the database in use',
  },
  OutboxLag: {
    metric: 'outbox_lag_seconds',
    ...gauge('Seconds'),
    says: 'How long the oldest change of the database has waited to be purged',
  },
  Cpu: { metric: 'process_cpu_ratio', ...gauge('Percent', 100), says: 'Processor of the busiest process' },
  Memory: { metric: 'process_memory_ratio', ...gauge('Percent', 100), says: 'Memory of the fullest process' },
  EventLoopDelay: {
    metric: 'process_event_loop_delay_seconds',
    ...gauge('Milliseconds', 1_000),
    says: 'How late the event loop of a process was',
  },
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureName = keyof typeof MEASURES;

export const MEASURE_NAMES = Object.keys(MEASURES) as readonly MeasureName[];

export function measureOf(name: MeasureName): Measure {
  return MEASURES[name];
}

function count() {
  return { kind: 'count', unit: 'Count' } as const;
}

function durations() {
  return { kind: 'durations', unit: 'Milliseconds' } as const;
}

function gauge<Unit extends Measure['unit']>(unit: Unit, scale = 1) {
  return { kind: 'gauge', unit, scale } as const;
}
