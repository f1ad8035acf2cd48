/**
 * A time limit on waiting for an answer, which begins anew whenever there is progress.
 *
 * Units   milliseconds
 * Cost    one timer at a time
 */

export interface Deadline {
  readonly signal: AbortSignal;
  /** Begins anew; after the end it does nothing. */
  extend(): void;
  /** As if the time were over. */
  abort(): void;
  end(): void;
}

export function startDeadline(limitMs: number): Deadline {
  const controller = new AbortController();
  let ended = false;
  let timer: ReturnType<typeof setTimeout>;
  const start = () => {
    timer = setTimeout(() => controller.abort(), limitMs);
  };
  start();
  return {
    signal: controller.signal,
    extend() {
      if (ended) return;
      clearTimeout(timer);
      start();
    },
    abort: () => controller.abort(),
    end() {
      ended = true;
      clearTimeout(timer);
    },
  };
}
