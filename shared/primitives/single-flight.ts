/**
 * One piece of work per key at a time: who asks while it runs gets the same promise.
 *
 * Errors  a failure is shared by those who waited for it, and forgotten: the next caller starts anew
 */

export interface SingleFlight<Value> {
  run(key: string, work: () => Promise<Value>): Promise<Value>;
  has(key: string): boolean;
}

export function createSingleFlight<Value>(): SingleFlight<Value> {
  const running = new Map<string, Promise<Value>>();
  return {
    run(key, work) {
      const known = running.get(key);
      if (known) return known;
      const started = work().finally(() => running.delete(key));
      running.set(key, started);
      return started;
    },
    has: key => running.has(key),
  };
}
