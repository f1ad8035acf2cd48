/**
 * Carries counts from a registry to where they are added up, behind the backs of requests.
 *
 * What is taken becomes a batch with a name, and is sent under it until it has arrived: Redis adds a name once, so an answer
 * that was lost counts neither twice nor not at all. A batch holds counts of one minute, and comes to that minute however
 * late it arrives. While Redis is away, batches wait, one for each minute, until they are MOST_WAITING_BYTES; then the
 * registry goes on counting, which is of a fixed size, and several minutes come as one. What is given up is counted: a batch
 * that Redis refuses three times, or that has waited for longer than its name is remembered.
 *
 * What is lost: what an isolate counted since its last flush, when it is ended. That is `intervalMs` of its own traffic, five
 * seconds more where a timer ended with its request, and all since Redis went away where it is away.
 *
 * Units   ms
 * Errors  none: what fails is counted and tried again
 * Cost    one Redis trip a flush, never waited for by a request; while the breaker is open it is refused at once
 */

import type { Clock } from '../primitives/clock.ts';
import type { CreateId } from '../primitives/ids.ts';
import { RedisError } from '../redis/redis.ts';
import type { Batch, MetricsStore } from './metrics-store.ts';
import { FINE, startOf } from './period.ts';
import { BATCH_REMEMBERED_MS } from './redis-metrics-store.ts';
import type { Registry } from './registry.ts';

export interface FlushingDeps {
  readonly registry: Registry;
  /** Of this isolate alone: what is counted is there as soon as it is taken. */
  readonly own: MetricsStore;
  /** Of all isolates. Absent: there is no Redis. */
  readonly shared?: MetricsStore | undefined;
  readonly clock: Clock;
  readonly createId: CreateId;
  readonly sleep: (ms: number) => Promise<void>;
  /** Empties what is kept besides counts. */
  readonly takeNotes: () => readonly string[];
}

export interface FlushingOptions {
  /** How long counts may wait; memory does not grow meanwhile, so nothing else asks for a flush. @default 10000 */
  readonly intervalMs?: number;
}

export interface Flushing {
  /** Before something is counted: what was counted in another minute leaves the registry, and waits to be sent. */
  begin(now: number): void;
  /** After something was counted: sees to it that it leaves within the interval. */
  counted(now: number, waitUntil: (work: Promise<unknown>) => void): void;
  /** Resolves when what was counted so far has arrived, or could not. */
  flush(): Promise<void>;
}

export const FLUSHING_DEFAULTS = { intervalMs: 10_000 } as const;

const MOST_REFUSALS = 3;
/** Longer than a flush can take: workerd ends a request's work without a word. */
const ABANDONED_MS = 5_000;

/** An hour of a busy edge; a minute of the most there can be is a quarter of it. */
const MOST_WAITING_BYTES = 256 * 1024;

interface Waiting {
  readonly batch: Batch;
  readonly bytes: number;
  readonly takenAt: number;
  refusals: number;
}

export function createFlushing(deps: FlushingDeps, options: FlushingOptions = {}): Flushing {
  const { registry, own, shared, clock, createId, sleep, takeNotes } = deps;
  const { intervalMs } = { ...FLUSHING_DEFAULTS, ...options };
  const failed = registry.slot('counter', 'metrics_flush_failed_total');
  const lost = registry.slot('counter', 'metrics_lost_batches_total');
  let waiting: readonly Waiting[] = [];
  let minuteAt = startOf(clock(), FINE.stepMs);
  let [begunAt, isUnderWay] = [0, false];
  let timerAt: number | undefined;

  /** While too much waits, it stays in the registry: that does not grow. */
  function cut(): void {
    if (waiting.reduce((sum, { bytes }) => sum + bytes, 0) >= MOST_WAITING_BYTES) return;
    const notes = takeNotes();
    if (registry.updates() === 0 && notes.length === 0) return;
    const batch = { id: createId(), countedAt: minuteAt, samples: registry.take(), notes };
    waiting = [...waiting, { batch, bytes: bytesOf(batch), takenAt: clock(), refusals: 0 }];
    void own.add(batch);
  }

  /** One that workerd seemed to have ended may still come to its end when the next is under way. */
  function forget(sent: Waiting): void {
    waiting = waiting.filter(one => one !== sent);
  }

  /** Whether it has arrived. */
  async function send(sent: Waiting): Promise<boolean> {
    try {
      await shared?.add(sent.batch);
      forget(sent);
      return true;
    } catch (error) {
      registry.add(failed);
      if (error instanceof RedisError) sent.refusals++;
      const isGivenUp = sent.refusals >= MOST_REFUSALS || clock() - sent.takenAt >= BATCH_REMEMBERED_MS;
      if (isGivenUp) registry.add(lost);
      if (isGivenUp) forget(sent);
      return false;
    }
  }

  /** The oldest first; whether all have arrived. */
  async function sendAll(): Promise<boolean> {
    for (const one of waiting) if (!(await send(one))) return false;
    return true;
  }

  async function flush(): Promise<void> {
    if (isUnderWay && clock() - begunAt < ABANDONED_MS) return;
    [begunAt, isUnderWay] = [clock(), true];
    try {
      // What was counted since then follows only when Redis is there again.
      if (!(await sendAll())) return;
      cut();
      await sendAll();
    } finally {
      isUnderWay = false;
    }
  }

  function onTimer(): Promise<void> {
    timerAt = undefined;
    return flush();
  }

  return {
    flush,
    begin(now) {
      if (now >= minuteAt && now < minuteAt + FINE.stepMs) return;
      cut();
      minuteAt = startOf(now, FINE.stepMs);
    },
    counted(now, waitUntil) {
      if (timerAt === undefined) {
        timerAt = now + intervalMs;
        waitUntil(sleep(intervalMs).then(onTimer));
      } else if (now - timerAt >= ABANDONED_MS) {
        // The timer ended with the request that it belonged to.
        waitUntil(onTimer());
      }
    },
  };
}

function bytesOf({ samples, notes }: Batch): number {
  const texts = [...samples].flat().concat(notes);
  return texts.reduce((sum, text) => sum + text.length, 0);
}
