/**
 * Work that goes on after the caller has his answer: the platform is told of it, and `flush` waits for it.
 *
 * Errors  none: what fails tells its own listener
 */

export interface Background {
  run(work: Promise<unknown>): void;
  /** Resolves when all that is under way has ended, and what that began. */
  settled(): Promise<void>;
}

export function createBackground(waitUntil: ((work: Promise<unknown>) => void) | undefined): Background {
  const underWay = new Set<Promise<unknown>>();
  return {
    run(work) {
      const ended: Promise<unknown> = work.catch(() => {}).finally(() => underWay.delete(ended));
      underWay.add(ended);
      waitUntil?.(ended);
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
