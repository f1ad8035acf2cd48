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

export async function withDeadline<T>(limits: Limits, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { deadlineMs, signal: outer } = limits;
  const controller = new AbortController();
  const end = (sentence: string): void =>
    controller.abort(new RedisUnavailable(sentence, { cause: outer?.reason }));
  const onOuterAbort = (): void => end('The call to Redis was ended by its caller');
  if (outer?.aborted) onOuterAbort();
  outer?.addEventListener('abort', onOuterAbort, { once: true });
  const timer = setTimeout(() => end(`Redis did not answer within ${deadlineMs} ms`), deadlineMs);
  try {
    controller.signal.throwIfAborted();
    // A race, because a fetch that ignores its signal must not outlive the deadline; listening before the call begins,
    // because the caller may end it before it has returned.
    return await Promise.race([whenAborted(controller.signal), call(controller.signal)]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', onOuterAbort);
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

export function checkDeadline(deadlineMs: number): number {
  if (!(deadlineMs > 0)) throw new RangeError(`deadlineMs must be above 0, got ${deadlineMs}`);
  return deadlineMs;
}
