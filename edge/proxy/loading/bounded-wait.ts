/**
 * Waits for somebody else's work, but not for ever: in workerd a promise may die with the request that made it.
 *
 * Shape   promise + limit -> its value | undefined when the time is over
 * Units   milliseconds
 * Errors  none of its own; a rejection passes through
 */

export async function waitAtMost<Value>(work: Promise<Value>, limitMs: number): Promise<Value | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, limitMs, undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
