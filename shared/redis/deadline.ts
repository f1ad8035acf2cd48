/**
 * Holds a call to Redis to its deadline and to the caller's signal, whatever the call itself does about them.
 *
 * Errors  RedisUnavailable when the time is over or the caller ended the call
 * Cost    one timer, cleared when the call ends
 */
import { RedisUnavailable } from './redis.ts';

export interface Limits {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

export function withDeadline<T>(limits: Limits, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { deadlineMs, signal: outer } = limits;
  if (outer?.aborted) return Promise.reject(endedByCaller(outer));
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    // Rejects at once, because a fetch that ignores its signal must not outlive the deadline.
    const end = (reason: RedisUnavailable): void => {
      release();
      reject(reason);
      controller.abort(reason);
    };
    const onOuterAbort = (): void => outer && end(endedByCaller(outer));
    const timer = setTimeout(() => end(overdue(deadlineMs)), deadlineMs);
    outer?.addEventListener('abort', onOuterAbort, { once: true });
    const release = (): void => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', onOuterAbort);
    };
    call(controller.signal).finally(release).then(resolve, reject);
  });
}

function overdue(deadlineMs: number): RedisUnavailable {
  return new RedisUnavailable(`Redis did not answer within ${deadlineMs} ms`);
}

function endedByCaller({ reason }: AbortSignal): RedisUnavailable {
  return new RedisUnavailable('The call to Redis was ended by its caller', { cause: reason });
}

export function checkDeadline(deadlineMs: number): number {
  if (!(deadlineMs > 0)) throw new RangeError(`deadlineMs must be above 0, got ${deadlineMs}`);
  return deadlineMs;
}
