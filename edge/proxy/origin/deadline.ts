/**
 * A time limit on waiting for somebody: it begins anew whenever there is progress, and does not run while it is somebody
 * else's turn.
 *
 * Units   milliseconds
 * Cost    one timer at a time
 */

export interface Deadline {
  readonly signal: AbortSignal;
  /** Begins anew; after the end it does nothing. */
  extend(): void;
  /** Stands still until it is extended. */
  pause(): void;
  /** As if the time were over. */
  abort(): void;
  end(): void;
}

export function startDeadline(limitMs: number): Deadline {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let timer = setTimeout(abort, limitMs);
  let ended = false;
  return {
    signal: controller.signal,
    extend() {
      clearTimeout(timer);
      if (!ended) timer = setTimeout(abort, limitMs);
    },
    pause: () => clearTimeout(timer),
    abort,
    end() {
      ended = true;
      clearTimeout(timer);
    },
  };
}
