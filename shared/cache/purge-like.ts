/**
 * Purges what matches a pattern: its tags are looked for in both levels and then purged as any tags are.
 *
 * Memory is told before the search and after it: what was on its way in this isolate is not kept, and what came back from
 * Redis meanwhile goes again. Of other isolates only what is in Redis is found; an answer that is on its way to one of them,
 * for something that Redis does not hold yet, stays.
 *
 * Shape   pattern -> how many tags matched, and whether all that is stored was looked at
 * Errors  none; Redis out of reach is an outcome
 * Cost    as `find` says, and one command for each MOST_TAGS_AT_ONCE tags that match
 */

import type { MemoryStore } from './memory-store.ts';
import type { PurgeOptions, SharedStore } from './store.ts';
import type { FoundTags, TagPattern } from './tag-pattern.ts';

export interface LikePurged extends Pick<FoundTags, 'complete'> {
  readonly tags: number;
}

export interface PurgeLikeStores {
  readonly memory: Pick<MemoryStore<unknown>, 'purgeLike'>;
  readonly shared: Pick<SharedStore<unknown>, 'find' | 'purge'> | undefined;
}

const MOST_TAGS_AT_ONCE = 1_000;

export async function purgeLike(
  pattern: TagPattern,
  options: PurgeOptions,
  { memory, shared }: PurgeLikeStores,
): Promise<LikePurged> {
  const tags = new Set(memory.purgeLike(pattern, options));
  try {
    const found = await shared?.find(pattern);
    for (const tag of found?.tags ?? []) tags.add(tag);
    if (shared) await purgeInParts([...tags], options, shared);
    return { tags: tags.size, complete: found?.complete ?? true };
  } finally {
    memory.purgeLike(pattern, options);
  }
}

/** The walk may have found more than one command should carry. */
async function purgeInParts(
  tags: readonly string[],
  options: PurgeOptions,
  shared: NonNullable<PurgeLikeStores['shared']>,
): Promise<void> {
  for (let from = 0; from < tags.length; from += MOST_TAGS_AT_ONCE)
    await shared.purge(tags.slice(from, from + MOST_TAGS_AT_ONCE), options);
}
