/**
 * Counts what happens, from events alone: hit ratio by level, latencies, bytes saved, trips and billed commands.
 *
 * Latencies are kept in buckets that double, so that those of several instances can be added up; a percentile read off them
 * is a bucket's upper bound.
 *
 * Units   durations ms
 * Cost    memory only; one counter or two an event
 */

import type { ApplicationEvent, ApplicationListener } from './application-events.ts';

export interface CacheStats {
  readonly hits: { readonly L1: number; readonly L2: number };
  readonly staleHits: number;
  readonly misses: number;
  /** Of all reads; 0 while there were none. */
  readonly hitRatio: { readonly L1: number; readonly L2: number };
  readonly loads: number;
  readonly loadFailures: number;
  readonly unreadable: number;
  readonly levelFailures: number;
  readonly bytesSaved: number;
  readonly trips: number;
  readonly commands: number;
  /** As Upstash counts them, from above. */
  readonly billedCommands: number;
  readonly loadLatency: Histogram;
  readonly redisLatency: Histogram;
}

/** How many took at most 1, 2, 4, … ms; the last bucket has no bound. */
export interface Histogram {
  readonly boundsMs: readonly number[];
  readonly counts: readonly number[];
}

export interface StatsListener {
  readonly onEvent: ApplicationListener;
  stats(): CacheStats;
}

export const LATENCY_BOUNDS_MS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192] as const;

export function createStats(): StatsListener {
  const count = {
    L1: 0,
    L2: 0,
    stale: 0,
    misses: 0,
    loads: 0,
    loadFailures: 0,
    unreadable: 0,
    levelFailures: 0,
    bytesSaved: 0,
    trips: 0,
    commands: 0,
    billed: 0,
  };
  const [loads, trips] = [createHistogram(), createHistogram()];

  const COUNTERS: {
    [Kind in ApplicationEvent['kind']]?: (event: ApplicationEvent & { kind: Kind }) => void;
  } = {
    hit({ level, stale }) {
      count[level]++;
      if (stale) count.stale++;
    },
    miss: () => void count.misses++,
    loaded({ tookMs }) {
      count.loads++;
      loads.add(tookMs);
    },
    'load-failed'({ tookMs }) {
      count.loadFailures++;
      loads.add(tookMs);
    },
    'value-unreadable': () => void count.unreadable++,
    'level-failed': () => void count.levelFailures++,
    compressed({ savedBytes }) {
      count.bytesSaved += savedBytes;
    },
    trip({ commands, billed, tookMs }) {
      count.trips++;
      count.commands += commands;
      count.billed += billed;
      trips.add(tookMs);
    },
  };

  return {
    onEvent: event => (COUNTERS[event.kind] as ApplicationListener | undefined)?.(event),
    stats() {
      const { L1, L2, stale: staleHits, misses, billed: billedCommands, ...rest } = count;
      const reads = Math.max(1, L1 + L2 + misses);
      const hitRatio = { L1: L1 / reads, L2: L2 / reads };
      const [loadLatency, redisLatency] = [loads.read(), trips.read()];
      return {
        ...rest,
        hits: { L1, L2 },
        staleHits,
        misses,
        billedCommands,
        hitRatio,
        loadLatency,
        redisLatency,
      };
    },
  };
}

/** The bound below which that part of all lies; undefined where there is nothing, infinite beyond the last bound. */
export function percentileMs({ boundsMs, counts }: Histogram, ratio: number): number | undefined {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const upTo = counts.map((_, i) => counts.slice(0, i + 1).reduce((sum, n) => sum + n, 0));
  const bucket = upTo.findIndex(seen => seen > 0 && seen >= ratio * total);
  return bucket < 0 ? undefined : (boundsMs[bucket] ?? Number.POSITIVE_INFINITY);
}

function createHistogram() {
  const counts = new Array<number>(LATENCY_BOUNDS_MS.length + 1).fill(0);
  return {
    add(ms: number): void {
      const bucket = LATENCY_BOUNDS_MS.findIndex(bound => ms <= bound);
      const at = bucket < 0 ? LATENCY_BOUNDS_MS.length : bucket;
      counts[at] = (counts[at] ?? 0) + 1;
    },
    read: (): Histogram => ({ boundsMs: LATENCY_BOUNDS_MS, counts: [...counts] }),
  };
}
