/**
 * What a side of the bench did, in figures.
 *
 * Shape   samples and counters -> Figures
 * Units   milliseconds, bytes
 */

import { OUTCOMES, type Outcome } from './outcome.ts';
import { ascending, percentile } from './percentile.ts';

export interface Sample {
  readonly tookMs: number;
  readonly isRead: boolean;
  /** Undefined without an edge. */
  readonly outcome: Outcome | undefined;
}

export interface Counters {
  readonly originRequests: number;
  /** Undefined for an origin that is not ours. */
  readonly queries: number | undefined;
  readonly redis: RedisCounters | undefined;
}

export interface RedisCounters {
  readonly trips: number;
  readonly commands: number;
  /** What Upstash bills: what scripts run inside as well. */
  readonly billed: number;
}

export interface Figures extends Counters {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly perSecond: number;
  readonly wireBytes: number;
  /** Shares of the reads; of a side without an edge undefined. */
  readonly levels: Readonly<Record<Outcome, number>> | undefined;
  readonly hitRatio: number | undefined;
}

export interface Measured {
  readonly samples: readonly Sample[];
  readonly elapsedMs: number;
  readonly wireBytes: number;
}

export function figuresOf({ samples, elapsedMs, wireBytes }: Measured, counters: Counters): Figures {
  const times = ascending(samples.map(({ tookMs }) => tookMs));
  const levels = levelsOf(samples);
  return {
    ...counters,
    requests: samples.length,
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    p99Ms: percentile(times, 0.99),
    perSecond: samples.length / (elapsedMs / 1_000),
    wireBytes,
    levels,
    hitRatio: levels && levels.L1 + levels.L2,
  };
}

export function levelsOf(samples: readonly Sample[]): Record<Outcome, number> | undefined {
  const reads = samples.filter(({ isRead }) => isRead);
  if (reads.every(({ outcome }) => outcome === undefined)) return undefined;
  const shareOf = (level: Outcome) => reads.filter(({ outcome }) => outcome === level).length / reads.length;
  return Object.fromEntries(OUTCOMES.map(level => [level, shareOf(level)])) as Record<Outcome, number>;
}
