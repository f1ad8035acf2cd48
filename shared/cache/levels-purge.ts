/**
 * Purges both levels, Redis first: the other way round, memory would fill again from what Redis still has.
 *
 * Shape   tags | pattern -> what became of Redis; memory is purged whatever becomes of it
 * Errors  none
 */

import type { LevelAttempt } from './look.ts';
import type { MemoryStore } from './memory-store.ts';
import { type LikePurged, purgeLike } from './purge-like.ts';
import type { PurgeOptions, SharedStore } from './store.ts';
import type { TagPattern } from './tag-pattern.ts';

export interface PurgeOutcome {
  readonly shared: 'purged' | 'absent' | 'unreachable';
}

export interface PurgedLevels<Meta> {
  readonly memory: MemoryStore<Meta>;
  readonly shared?: SharedStore<Meta> | undefined;
}

export function createLevelsPurge<Meta>({ memory, shared }: PurgedLevels<Meta>, attempt: LevelAttempt) {
  return {
    async purge(tags: readonly string[], options: PurgeOptions): Promise<PurgeOutcome> {
      const work = async (): Promise<PurgeOutcome> => {
        await shared?.purge(tags, options);
        return { shared: shared ? 'purged' : 'absent' };
      };
      const outcome = await attempt<PurgeOutcome>('purge', work, { shared: 'unreachable' });
      memory.purge(tags, options);
      return outcome;
    },
    async purgeLike(pattern: TagPattern, options: PurgeOptions): Promise<PurgeOutcome & LikePurged> {
      const work = async (): Promise<PurgeOutcome & LikePurged> => {
        const purged = await purgeLike(pattern, options, { memory, shared });
        return { ...purged, shared: shared ? 'purged' : 'absent' };
      };
      return attempt('purge', work, { shared: 'unreachable', tags: 0, complete: false });
    },
  };
}
