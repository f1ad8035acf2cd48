/**
 * When somebody is to look after a job, at every station of its way: late enough that what should happen has happened, and
 * soon enough that nobody waits for a message that was lost.
 *
 * Units   ms; what AWS is told in seconds
 * Source  Lambda Developer Guide, "Configuring a queue": a queue hides messages for six times the function's timeout
 */

import type { JobSpec } from './catalogue.ts';

/** What a function keeps of its time, to hand back what it cannot finish. */
export const HAND_BACK_MS = 10_000;
const START_MS = 5_000;
const VISIBILITY_PER_TIMEOUT = 6;

/** Between a row and its message lie two requests at most. */
const SEND_MS = 15_000;
/** As long as a message may lie in a crowded queue before it is taken for lost: sending it twice does no harm. */
const LOST_MS = 12 * 60 * 60 * 1000;
const MARGIN_MS = 60_000;
/** A task that does not heed its signal is left behind after so long. */
const LONGEST_GRACE_MS = 5_000;

type Timing = Pick<JobSpec, 'timeoutMs' | 'batch'>;

export function functionTimeoutSeconds({ timeoutMs }: Timing): number {
  return Math.ceil((timeoutMs + HAND_BACK_MS + START_MS) / 1000);
}

export function visibilitySeconds(spec: Timing): number {
  return VISIBILITY_PER_TIMEOUT * functionTimeoutSeconds(spec) + spec.batch.windowSeconds;
}

export function graceMs({ timeoutMs }: Timing): number {
  return Math.min(timeoutMs / 2, LONGEST_GRACE_MS);
}

/** No holder works longer than this, heedless tasks and a lost answer at the end included. */
export function leaseMs({ timeoutMs }: Timing): number {
  return timeoutMs + Math.min(timeoutMs, 3 * LONGEST_GRACE_MS);
}

export const watchAt = {
  unsent: (now: number) => now + SEND_MS,
  /** In the queue, to be seen from `dueAt` on. */
  sent: (dueAt: number) => dueAt + LOST_MS,
  /** In the hands of the scheduler. */
  scheduled: (dueAt: number) => dueAt + 2 * MARGIN_MS,
  /** Held: by then its message has come back, should the holder have died. */
  claimed: (now: number, spec: Timing) => now + visibilitySeconds(spec) * 1000 + MARGIN_MS,
  /** Its message comes back when it is hidden no longer; at the latest when it would have anyway. */
  failed: (now: number, nextAttemptAt: number, spec: Timing) =>
    Math.max(nextAttemptAt, now + visibilitySeconds(spec) * 1000) + MARGIN_MS,
  unburied: (now: number) => now + MARGIN_MS,
  /** Whoever looks has so long to act before another looks. */
  taken: (now: number) => now + MARGIN_MS,
} as const;
