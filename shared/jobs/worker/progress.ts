/**
 * Writes progress at most once a second, the latest there is, and never a lower number than before.
 *
 * Units   percent 0 to 100
 * Errors  none: progress that cannot be written is told to nobody, the job goes on
 * Cost    one round trip a second while there is news
 */

import type { Clock } from '../../primitives/clock.ts';

export interface Progress {
  report(percent: number, message?: string): void;
  /** Nothing is written from now on; resolves when nothing is being written. */
  stop(): Promise<void>;
}

export interface Step {
  readonly percent: number;
  readonly message?: string;
}

const EVERY_MS = 1_000;

export function createProgress(write: (step: Step) => Promise<void>, clock: Clock): Progress {
  let next: Step | undefined;
  let [highest, writtenAt] = [0, Number.NEGATIVE_INFINITY];
  let writing: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  function schedule(): void {
    if (timer !== undefined || writing || stopped || !next) return;
    timer = setTimeout(flush, Math.max(0, writtenAt + EVERY_MS - clock()));
  }

  function flush(): void {
    timer = undefined;
    if (!next || stopped) return;
    const step = next;
    next = undefined;
    writtenAt = clock();
    writing = write(step)
      .catch(() => {})
      .then(() => {
        writing = undefined;
        schedule();
      });
  }

  return {
    report(percent, message) {
      if (stopped || Number.isNaN(percent)) return;
      const bounded = Math.min(100, Math.max(0, percent));
      if (bounded < highest) return;
      highest = bounded;
      next = message === undefined ? { percent: bounded } : { percent: bounded, message };
      schedule();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await writing;
    },
  };
}
