/**
 * Every metric of Headrace's own, with what it says and which labels it has: what may be drawn or alarmed on.
 *
 * Shape   name -> kind, help, labels
 * Units   seconds and bytes, where Prometheus sees them
 */

import type { Kind } from './registry.ts';

export interface MetricDescription {
  readonly kind: Kind;
  readonly help: string;
  readonly labels: readonly string[];
}

export const METRICS = {
  edge_requests_total: {
    kind: 'counter',
    help: 'Requests that were answered, by what the cache did.',
    labels: ['level', 'method', 'outcome', 'route', 'status'],
  },
  edge_observed_total: {
    kind: 'counter',
    help: 'With HEADRACE_MODE=observe: requests that the cache had a say in, by what it would have done.',
    labels: ['outcome', 'route'],
  },
  edge_request_duration_seconds: {
    kind: 'durations',
    help: 'Time until an answer was ready to be sent. On Cloudflare clocks stand still but for input and output.',
    labels: ['route', 'served'],
  },
  edge_response_bytes_total: {
    kind: 'counter',
    help: 'Bytes of bodies of a known length, by whether the cache or the origin gave them.',
    labels: ['served'],
  },
  edge_responses_unsized_total: {
    kind: 'counter',
    help: 'Answers of a length unknown beforehand.',
    labels: [],
  },
  edge_rejects_total: {
    kind: 'counter',
    help: 'Requests refused before anybody was asked.',
    labels: ['reason'],
  },
  edge_origin_requests_total: {
    kind: 'counter',
    help: 'Requests to origins, refreshes behind clients’ backs included.',
    labels: ['origin', 'result'],
  },
  edge_origin_duration_seconds: {
    kind: 'durations',
    help: 'Time until an origin’s answer began.',
    labels: ['origin'],
  },
  edge_redis_trips_total: {
    kind: 'counter',
    help: 'HTTP requests to Redis.',
    labels: ['result', 'use'],
  },
  edge_redis_commands_total: {
    kind: 'counter',
    help: 'Commands as Upstash bills them, from above.',
    labels: ['use'],
  },
  edge_redis_duration_seconds: {
    kind: 'durations',
    help: 'Time that a trip to Redis took.',
    labels: ['use'],
  },
  edge_redis_breaker_opened_total: {
    kind: 'counter',
    help: 'How often Redis was left alone because it kept failing.',
    labels: [],
  },
  edge_redis_refused_total: {
    kind: 'counter',
    help: 'Trips that were not made because Redis was left alone.',
    labels: [],
  },
  edge_cache_events_total: {
    kind: 'counter',
    help: 'What operators must know of the cache: a level failed, a value was unreadable, a purge came first.',
    labels: ['event'],
  },
  edge_purges_total: {
    kind: 'counter',
    help: 'Purges that were asked for.',
    labels: ['result'],
  },
  edge_quiet_total: {
    kind: 'counter',
    help: 'How often alarms were asked to wait, because a deployment or a purge of everything explains what follows.',
    labels: ['reason'],
  },
  metrics_folded_total: {
    kind: 'counter',
    help: 'Series counted under `other`, because there was no room for them.',
    labels: [],
  },
  metrics_dropped_total: {
    kind: 'counter',
    help: 'What was not counted at all, because there was no room even for `other`.',
    labels: [],
  },
  metrics_flush_failed_total: {
    kind: 'counter',
    help: 'Flushes that did not arrive, and were tried again.',
    labels: [],
  },
  metrics_lost_batches_total: {
    kind: 'counter',
    help: 'Batches of counts that were given up.',
    labels: [],
  },
} as const satisfies Record<string, MetricDescription>;

export type MetricName = keyof typeof METRICS;
