/**
 * How much time a search has left, so that each of its steps can end with the best found so far.
 *
 * Shape   createDeadline(clock, ms) -> { isOver(), part(ratio) }
 */

import type { Clock } from '../../primitives/clock.ts';

export interface Deadline {
  isOver(): boolean;
  /** A share of what is left from now on. */
  part(ratio: number): Deadline;
}

export function createDeadline(clock: Clock, timeMs: number): Deadline {
  const endsAt = clock() + timeMs;
  return {
    isOver: () => clock() >= endsAt,
    part: ratio => createDeadline(clock, Math.max(0, endsAt - clock()) * ratio),
  };
}
