/**
 * How long a job waits after a failed attempt: anything from nothing to a bound that doubles, so that jobs that failed
 * together do not come back together.
 *
 * Shape   backoff, attempt that failed (1 for the first), chance -> ms
 * Errors  none (total)
 * Source  AWS Architecture Blog, "Exponential Backoff And Jitter" (full jitter)
 */

import type { JobSpec } from '../catalogue.ts';

export function decideBackoffMs(
  { baseMs, capMs }: JobSpec['backoff'],
  attempt: number,
  random: () => number,
): number {
  return Math.floor(random() * Math.min(capMs, baseMs * 2 ** (attempt - 1)));
}
