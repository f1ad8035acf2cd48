/**
 * The effects of a task that must not be repeated: inside Postgres, and outside where nothing can promise that.
 *
 * Errors  PermanentError JOB_ONCE_UNAVAILABLE where there is no Postgres; otherwise those of the effect and of the stores
 * Cost    once: as its port; outside: one round trip to Redis before and one after
 */

import type { JobStore } from '../job-store.ts';
import type { OnceStore } from '../once.ts';
import { PermanentError } from '../permanent-error.ts';
import type { TaskContext } from './task.ts';

export interface EffectsDeps {
  readonly store: Pick<JobStore, 'beginEffect' | 'completeEffect'>;
  readonly onceStore: OnceStore | undefined;
}

export function createEffects(
  job: string,
  { store, onceStore }: EffectsDeps,
): Pick<TaskContext, 'once' | 'outside'> {
  return {
    async once(key, effect) {
      if (onceStore) return onceStore.once({ job, key }, effect);
      throw new PermanentError(
        'JOB_ONCE_UNAVAILABLE',
        'An effect that happens once needs Postgres: DATABASE_URL.',
      );
    },
    async outside<Result>(key: string, effect: Parameters<TaskContext['outside']>[1]) {
      const begun = await store.beginEffect(job, key);
      if (begun.kind === 'done') return parse(begun.result) as Result;
      const result = await effect({ idempotencyKey: `${job}:${key}`, mayRepeat: begun.kind === 'again' });
      await store.completeEffect(job, key, JSON.stringify(result) ?? '');
      return result as Result;
    },
  };
}

/** An effect that gave nothing left an empty text. */
function parse(result: string): unknown {
  return result === '' ? undefined : JSON.parse(result);
}
