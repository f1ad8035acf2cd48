/** A clock that stands still until a test moves it, in either direction. */

import type { Clock } from '../../shared/primitives/clock.ts';

export interface TestClock extends Clock {
  advance(ms: number): void;
}

export function createTestClock(startAt = 1_800_000_000_000): TestClock {
  let now = startAt;
  return Object.assign(() => now, {
    advance(ms: number) {
      now += ms;
    },
  });
}
