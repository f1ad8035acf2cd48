/**
 * Which keys carry a tag, so that a purge finds its entries without looking at all of them: every request that changes
 * something purges its URL.
 *
 * Cost    memory only, for what is held; each call is O(tags), or O(keys found)
 */

import type { TagPattern } from './tag-pattern.ts';

export interface TagIndex {
  add(key: string, tags: readonly string[]): void;
  remove(key: string, tags: readonly string[]): void;
  /** Each key once; what is removed while they are walked is fine. */
  keysOf(tags: readonly string[]): ReadonlySet<string>;
  countOf(tag: string): number;
  /** Of everything that is held. Cost: O(all tags). */
  tagsLike(pattern: TagPattern): readonly string[];
}

export function createTagIndex(): TagIndex {
  const index = new Map<string, Set<string>>();
  return {
    add(key, tags) {
      for (const tag of tags) {
        const keys = index.get(tag);
        if (keys) keys.add(key);
        else index.set(tag, new Set([key]));
      }
    },
    remove(key, tags) {
      for (const tag of tags) {
        const keys = index.get(tag);
        keys?.delete(key);
        if (keys?.size === 0) index.delete(tag);
      }
    },
    keysOf: tags => new Set(tags.flatMap(tag => [...(index.get(tag) ?? [])])),
    countOf: tag => index.get(tag)?.size ?? 0,
    tagsLike: pattern => [...index.keys()].filter(pattern.matches),
  };
}
