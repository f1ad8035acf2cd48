/**
 * Metrics of an application of one's own, counted as the edge counts: in fixed memory, added up in Redis over all processes.
 * Under the edge's own prefix they stand beside the edge's at GET /api/performance/metrics.
 *
 * Shape   createMonitoring(options) -> counter, gauge, timer, recordMetric, measureAsync, summary, exposition
 * Units   ms in, seconds for Prometheus; other values in their own unit
 * Errors  RangeError for names that Prometheus does not take, and values that are no numbers; none for Redis's sake, but of
 *         summary and exposition, which would be of one process alone: RedisUnavailable, RedisError
 * Cost    counting: a look-up by text and an addition; a flush one trip in ten seconds, which nobody waits for
 */

import type { Clock } from '../primitives/clock.ts';
import { randomId } from '../primitives/ids.ts';
import { createGuardedRedis } from '../redis/guarded-redis.ts';
import type { Redis } from '../redis/redis.ts';
import { createUpstashRedis } from '../redis/upstash.ts';
import { createBreaker } from '../resilience/breaker.ts';
import { formatExposition } from './exposition.ts';
import { createFlushing } from './flushing.ts';
import { createMemoryMetricsStore } from './memory-metrics-store.ts';
import { createRedisMetricsStore } from './redis-metrics-store.ts';
import { createRegistry, type Kind } from './registry.ts';
import { countOf, meanOf, percentileOf } from './sample.ts';
import type { Labels } from './series.ts';
import { createTally } from './tally.ts';

export interface MonitoringOptions {
  /** Where counts of all processes are added up: its REST address, or our port. Absent: each process has its own. */
  readonly redis?: { readonly url: string; readonly token: string } | Redis;
  /** The edge's, as in headrace.config.ts, to stand beside its metrics. @default 'headrace' */
  readonly keyPrefix?: string;
  /** @default 10000 */
  readonly intervalMs?: number;
  /** In a Worker, that of `cloudflare:workers`: work that nobody waits for ends with its request otherwise. */
  readonly waitUntil?: (work: Promise<unknown>) => void;
  /** Epoch ms, finer than whole ones where the runtime is. @default the runtime's */
  readonly clock?: Clock;
}

export interface Monitoring {
  counter(name: string, labels?: Labels): { add(by?: number): void };
  gauge(name: string, labels?: Labels): { set(value: number): void };
  /** Named in seconds, as Prometheus asks: `render_seconds`. */
  timer(name: string, labels?: Labels): Timer;
  /** A value among others, of which percentiles are wanted: sizes, amounts, lengths. */
  recordMetric(name: string, value: number, labels?: Labels): void;
  /** Times the work into `<name>_seconds`, by `result` ok or failed; what it gives or throws is given or thrown. */
  measureAsync<Value>(name: string, work: () => Value | Promise<Value>, labels?: Labels): Promise<Value>;
  /** Of all processes since the first; undefined where nothing was counted. */
  summary(name: string, labels?: Labels): Promise<Summary | undefined>;
  /** For Prometheus: of all processes since the first. */
  exposition(): Promise<string>;
  /** Resolves when what was counted so far has arrived, or could not: before a process ends. */
  flush(): Promise<void>;
}

export interface Timer {
  /** The function that ends it, and says how long it was in ms. */
  start(): () => number;
  observe(ms: number): void;
}

/** In ms for timers, else in the unit of the values. */
export interface Summary {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export const MONITORING_DEFAULTS = { keyPrefix: 'headrace', intervalMs: 10_000 } as const;

export function createMonitoring(options: MonitoringOptions = {}): Monitoring {
  const { keyPrefix, intervalMs } = { ...MONITORING_DEFAULTS, ...options };
  const { clock = preciseClock, waitUntil = () => {} } = options;
  const registry = createRegistry();
  const own = createMemoryMetricsStore();
  const redis = options.redis && connect(options.redis, clock);
  const shared = redis && createRedisMetricsStore({ redis, clock }, keyPrefix);
  const deps = { registry, own, shared, clock, createId: randomId, sleep: sleepAside, takeNotes: () => [] };
  const flushing = createFlushing(deps, { intervalMs });

  function count(kind: Kind, name: string, labels: Labels = {}) {
    const slot = registry.slot(kind, name, labels);
    return (work: (slot: number) => void) => {
      const now = clock();
      flushing.begin(now);
      work(slot);
      flushing.counted(now, waitUntil);
    };
  }

  function timer(name: string, labels?: Labels): Timer {
    const counted = count('durations', name, labels);
    const observe = (ms: number) => counted(slot => registry.observe(slot, finite(ms)));
    return {
      observe,
      start() {
        const startedAt = clock();
        return () => {
          const tookMs = clock() - startedAt;
          observe(tookMs);
          return tookMs;
        };
      },
    };
  }

  async function total() {
    await flushing.flush();
    return (shared ?? own).total();
  }

  return {
    timer,
    counter(name, labels) {
      const counted = count('counter', name, labels);
      return { add: (by = 1) => counted(slot => registry.add(slot, by)) };
    },
    gauge(name, labels) {
      const counted = count('gauge', name, labels);
      return { set: value => counted(slot => registry.set(slot, value)) };
    },
    recordMetric(name, value, labels) {
      count('values', name, labels)(slot => registry.observe(slot, finite(value)));
    },
    async measureAsync(name, work, labels) {
      const startedAt = clock();
      const told = (result: string) =>
        timer(`${name}_seconds`, { ...labels, result }).observe(clock() - startedAt);
      try {
        const value = await work();
        told('ok');
        return value;
      } catch (error) {
        told('failed');
        throw error;
      }
    },
    async summary(name, labels) {
      const spread = createTally(await total()).spread(name, labels);
      const mean = meanOf(spread);
      if (mean === undefined) return undefined;
      const [p50 = 0, p95 = 0, p99 = 0] = [0.5, 0.95, 0.99].map(share => percentileOf(spread, share));
      return { count: countOf(spread), mean, p50, p95, p99 };
    },
    exposition: async () => formatExposition(await total()),
    flush: flushing.flush,
  };
}

function connect(given: NonNullable<MonitoringOptions['redis']>, clock: Clock): Redis {
  if ('pipeline' in given) return given;
  // Looked up at each call: in a Worker fetch belongs to the global object.
  const redis = createUpstashRedis({
    ...given,
    deadlineMs: DEADLINE_MS,
    fetch: (url, init) => fetch(url, init),
  });
  return createGuardedRedis(redis, createBreaker({ clock, random: Math.random }));
}

/** Nobody waits for it. */
const DEADLINE_MS = 2_000;

const preciseClock: Clock = () => performance.timeOrigin + performance.now();

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be counted`);
  return value;
}

/** A process that has nothing else to do ends without it: it calls flush() if it cares. */
function sleepAside(ms: number): Promise<void> {
  return new Promise(resolve => {
    const timer: unknown = setTimeout(resolve, ms);
    if (hasUnref(timer)) timer.unref();
  });
}

function hasUnref(timer: unknown): timer is { unref(): void } {
  return typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function';
}
