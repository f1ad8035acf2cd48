/**
 * What somebody saw who looked once, as counts and gauges beside those of the edge.
 *
 * What only grows (statements, evicted keys) or only piles up (jobs that ended) is counted by what was added since the last
 * look; where it shrank it began anew, or old ones were cleared away, and nothing is counted.
 *
 * Shape   sight, the totals of the last look -> series, and totals for the next
 * Units   seconds, and ratios from 0 to 1, as watched.ts has them
 * Errors  none (total): what could not be seen is absent, and leaves its series as it was
 */

import { createRegistry } from '../registry.ts';
import type { Labels } from '../series.ts';

export interface Sight {
  readonly jobs?: readonly SeenJobs[] | undefined;
  readonly redis?: { readonly memoryRatio: number | undefined; readonly evictedKeys: number } | undefined;
  readonly database?: SeenDatabase | undefined;
  readonly failedChecks?: number | undefined;
  readonly outboxLagMs?: number | undefined;
}

export interface SeenJobs {
  readonly type: string;
  readonly waiting: number;
  readonly oldestMs: number;
  readonly deadLetters: number;
  /** By how they ended: all that are still known. */
  readonly ended: Readonly<Record<string, number>>;
}

export interface SeenDatabase {
  readonly queries: number | undefined;
  readonly querySeconds: number | undefined;
  readonly slowQueries: number;
  readonly connectionsRatio: number;
}

/** By series. */
export type Totals = Readonly<Record<string, number>>;

export interface Observed {
  readonly samples: Map<string, string>;
  readonly totals: Totals;
}

export function observe(sight: Sight, last: Totals): Observed {
  const registry = createRegistry();
  const totals: Record<string, number> = { ...last };

  const gauge = (name: string, value: number | undefined, labels: Labels = {}) => {
    if (value !== undefined) registry.set(registry.slot('gauge', name, labels), value);
  };
  const grown = (name: string, total: number | undefined, labels: Labels = {}) => {
    if (total === undefined) return;
    const key = [name, ...Object.entries(labels).flat()].join(' ');
    const before = totals[key];
    totals[key] = total;
    // Of what was there before the first look nobody knows when it happened.
    const added = before === undefined || total < before ? 0 : total - before;
    registry.add(registry.slot('counter', name, labels), Math.round(added * 1e6) / 1e6);
  };

  for (const { type, waiting, oldestMs, deadLetters, ended } of sight.jobs ?? []) {
    gauge('jobs_waiting', waiting, { type });
    gauge('jobs_oldest_waiting_seconds', oldestMs / 1_000, { type });
    gauge('jobs_dead_letters', deadLetters, { type });
    for (const [outcome, count] of Object.entries(ended)) grown('jobs_ended_total', count, { outcome, type });
  }
  gauge('health_checks_failed', sight.failedChecks);
  gauge('redis_memory_used_ratio', sight.redis?.memoryRatio);
  grown('redis_evicted_keys_total', sight.redis?.evictedKeys);
  grown('db_queries_total', sight.database?.queries);
  grown('db_query_seconds_total', sight.database?.querySeconds);
  gauge('db_slow_queries', sight.database?.slowQueries);
  gauge('db_connections_used_ratio', sight.database?.connectionsRatio);
  if (sight.outboxLagMs !== undefined) gauge('outbox_lag_seconds', sight.outboxLagMs / 1_000);
  return { samples: registry.take(), totals };
}
