/**
 * Runs a drain one call at a time: a history says when each call of the store or of the purge takes effect, when its answer
 * arrives, and whether the drain is there to get it.
 */

import type { Drained, drain } from '../../../../shared/outbox/drain.ts';
import type { Change } from '../../../../shared/outbox/outbox-store.ts';

export type DrainFunction = typeof drain;

/** What a drain does to the world. */
export interface Effects {
  read(most: number): readonly Change[];
  forget(ids: readonly string[]): void;
  purge(tags: readonly string[]): void;
}

export interface SteppedDrain {
  /** Undefined once it has ended. */
  pending(): { effect(): void; answer(): Promise<void>; fail(): Promise<void> } | undefined;
  /** Of one that has ended well. */
  result(): Drained | undefined;
}

export async function startDrain(
  run: DrainFunction,
  effects: Effects,
  mostChanges: number,
): Promise<SteppedDrain> {
  let pending: ReturnType<SteppedDrain['pending']>;
  let result: Drained | undefined;
  let moved = Promise.withResolvers<void>();

  function call<Answer>(effect: () => Answer): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    let answer: Answer;
    const settle = (how: () => void) => {
      pending = undefined;
      moved = Promise.withResolvers<void>();
      how();
      return moved.promise;
    };
    pending = {
      effect: () => {
        answer = effect();
      },
      answer: () => settle(() => resolve(answer)),
      fail: () => settle(() => reject(new Error('lost'))),
    };
    moved.resolve();
    return promise;
  }

  const deps = {
    store: {
      read: (most: number) => call(() => effects.read(most)),
      forget: (ids: readonly string[]) => call(() => effects.forget(ids)),
    },
    purge: (tags: readonly string[]) => call(() => effects.purge(tags)),
    clock: () => 0,
  };
  void run(deps, { stopAt: 1, mostChanges })
    .then(drained => {
      result = drained;
    })
    .catch(() => {})
    .then(() => moved.resolve());
  await moved.promise;
  return { pending: () => pending, result: () => result };
}
