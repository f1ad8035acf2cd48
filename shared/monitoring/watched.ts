/**
 * What nobody counts as it happens, and somebody looks at once a minute instead: the jobs, Redis, the database, health, and the
 * processes of applications. It is kept beside what the edge counts, so that one evaluator, one exposition and one dashboard
 * serve for both.
 *
 * Shape   name -> kind, help, labels; the function watch-alerts and watch-process.ts measure them
 * Units   seconds, and ratios from 0 to 1, where Prometheus sees them
 */

import { METRICS, type MetricDescription } from './catalogue.ts';

export const WATCHED_METRICS = {
  jobs_waiting: { kind: 'gauge', help: 'Jobs that wait for their turn.', labels: ['type'] },
  jobs_oldest_waiting_seconds: {
    kind: 'gauge',
    help: 'How long the oldest job that waits has waited.',
    labels: ['type'],
  },
  jobs_dead_letters: {
    kind: 'gauge',
    help: 'Messages in the dead-letter queues of all lanes.',
    labels: ['type'],
  },
  jobs_ended_total: {
    kind: 'counter',
    help: 'Jobs that came to an end, by what became of them.',
    labels: ['outcome', 'type'],
  },
  health_checks_failed: {
    kind: 'gauge',
    help: 'Checks of GET /api/performance/health that are not healthy; all of them where the edge itself is silent.',
    labels: [],
  },
  redis_memory_used_ratio: {
    kind: 'gauge',
    help: 'Memory of Redis in use, of what it may have; absent where it has no bound.',
    labels: [],
  },
  redis_evicted_keys_total: {
    kind: 'counter',
    help: 'Keys that Redis dropped for want of memory.',
    labels: [],
  },
  db_queries_total: { kind: 'counter', help: 'Statements that the database carried out.', labels: [] },
  db_query_seconds_total: { kind: 'counter', help: 'Time that they took, all together.', labels: [] },
  db_slow_queries: {
    kind: 'gauge',
    help: 'Statements that had run for longer than a second when somebody looked.',
    labels: [],
  },
  db_connections_used_ratio: {
    kind: 'gauge',
    help: 'Connections in use, of those the database allows.',
    labels: [],
  },
  outbox_lag_seconds: {
    kind: 'gauge',
    help: 'How long the oldest change of the database has waited to be purged; absent where no table is watched.',
    labels: [],
  },
  process_cpu_ratio: {
    kind: 'gauge',
    help: 'Processor time of a process, of what it may have.',
    labels: ['process'],
  },
  process_memory_ratio: {
    kind: 'gauge',
    help: 'Memory of a process, of what it may have.',
    labels: ['process'],
  },
  process_event_loop_delay_seconds: {
    kind: 'gauge',
    help: 'The p99 of how late the event loop of a process was.',
    labels: ['process'],
  },
} as const satisfies Record<string, MetricDescription>;

/** All that may be drawn or alarmed on. */
export const KNOWN_METRICS = { ...METRICS, ...WATCHED_METRICS } as const;

export type KnownMetric = keyof typeof KNOWN_METRICS;
