/**
 * Work on the same key takes its turn: none begins before the one that came first has ended, or has taken too long.
 *
 * Units   durations ms
 * Errors  what the work throws, to whoever gave it
 * Cost    one map entry while work is under way; a timer only where somebody waits
 */

import { outwait } from './single-flight.ts';

export type TakeTurn = <Result>(keys: readonly string[], work: () => Promise<Result>) => Promise<Result>;

/** In workerd a promise may never be settled: nobody waits for another's turn for longer than `patienceMs`. */
export function createTurns(patienceMs: number): TakeTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (keys, work) => {
    const before = keys.flatMap(key => last.get(key) ?? []);
    const turn = (async () => {
      if (before.length > 0) await outwait(Promise.allSettled(before), patienceMs);
      return work();
    })();
    for (const key of keys) last.set(key, turn);
    try {
      return await turn;
    } finally {
      for (const key of keys) if (last.get(key) === turn) last.delete(key);
    }
  };
}
