/**
 * How values leave both levels: by key, by tag, by a search. Redis first and memory after it: the other way round, memory
 * would fill again from what Redis still has.
 *
 * Errors  CacheUnavailable when Redis could not be told; memory has let go all the same
 * Cost    one command for any number of keys or of tags
 */

import type { TakeTurn } from '../primitives/turns.ts';
import type { ApplicationListener } from './application-events.ts';
import type { Attempt } from './level-attempt.ts';
import { createTagPattern } from './tag-pattern.ts';
import type { FoundKeys } from './value-finder.ts';
import type { ValueMemory } from './value-memory.ts';
import type { ValueStore } from './value-store.ts';

/** Redis could not be told to remove something: it may come back from there. */
export class CacheUnavailable extends Error {
  override readonly name = 'CacheUnavailable';
  readonly code = 'CACHE_UNAVAILABLE';
}

export interface ValueRemovalsDeps {
  readonly memory: ValueMemory;
  readonly store: ValueStore | undefined;
  readonly attempt: Attempt;
  readonly takeTurn: TakeTurn;
  readonly onEvent: ApplicationListener;
}

export function createValueRemovals({ memory, store, attempt, takeTurn, onEvent }: ValueRemovalsDeps) {
  async function remove(
    operation: 'write' | 'purge',
    far: (store: ValueStore) => Promise<void>,
    near: () => void,
  ): Promise<void> {
    const done = store ? await attempt(operation, () => far(store)) : undefined;
    near();
    if (done?.ok === false)
      throw new CacheUnavailable('Redis could not be told: what it holds may come back', {
        cause: done.error,
      });
  }

  return {
    async delete(keys: readonly string[]): Promise<void> {
      for (const key of keys) memory.delete(key);
      await remove(
        'write',
        on => takeTurn(keys, () => on.delete(keys)),
        () => keys.forEach(memory.delete),
      );
      onEvent({ kind: 'deleted', keys });
    },
    async purge(tags: readonly string[], options: { readonly soft: boolean }): Promise<void> {
      await remove(
        'purge',
        on => on.purge(tags, options),
        () => memory.purge(tags, options),
      );
      onEvent({ kind: 'purged', tags, ...options });
    },
    /** What memory holds below the prefix's tag, and what a bounded walk through Redis finds. Rejects as `delete` does. */
    async findKeys(pattern: string, prefixTag: string, mostSteps: number): Promise<FoundKeys> {
      const near = [...memory.keysOf(prefixTag)].filter(createTagPattern(pattern).matches);
      if (!store) return { keys: near, complete: true };
      const far = await findIn(store, pattern, mostSteps);
      return { keys: [...new Set([...near, ...far.keys])], complete: far.complete };
    },
    /** Memory alone lets go. */
    forget: (tags: readonly string[]) => memory.purge(tags, { soft: false }),
  };
}

/** Held to no deadline as a whole: each step has its own. */
async function findIn(store: ValueStore, pattern: string, mostSteps: number): Promise<FoundKeys> {
  try {
    return await store.find(pattern, mostSteps);
  } catch (error) {
    throw new CacheUnavailable('Redis could not be walked through', { cause: error });
  }
}
