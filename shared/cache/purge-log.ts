/**
 * The purges of this isolate in their order, so that a load which began before one of them is not kept after it.
 *
 * Cost    memory only, bounded in tags and patterns; a load older than the remembered purges is refused, which is always safe
 */

import type { TagPattern } from './tag-pattern.ts';

export interface PurgeLog {
  /** A point in the order; later purges come after it. */
  position(): number;
  record(tags: readonly string[]): void;
  /** Of tags that nobody knows yet. */
  recordLike(pattern: TagPattern): void;
  purgedSince(position: number, tags: readonly string[]): boolean;
}

const MOST_TAGS = 10_000;
const MOST_PATTERNS = 100;

export function createPurgeLog(): PurgeLog {
  /** The last purge of each tag, in the order of purges. */
  const purgedAt = new Map<string, number>();
  const patterns: { readonly pattern: TagPattern; readonly at: number }[] = [];
  let position = 0;
  /** Nothing is known of purges before this. */
  let forgotten = 0;
  return {
    position: () => position,
    record(tags) {
      for (const tag of tags) {
        purgedAt.delete(tag);
        purgedAt.set(tag, position);
      }
      position++;
      for (const [tag, at] of purgedAt) {
        if (purgedAt.size <= MOST_TAGS) return;
        purgedAt.delete(tag);
        forgotten = Math.max(forgotten, at + 1);
      }
    },
    recordLike(pattern) {
      patterns.push({ pattern, at: position });
      position++;
      if (patterns.length <= MOST_PATTERNS) return;
      forgotten = Math.max(forgotten, (patterns.shift()?.at ?? 0) + 1);
    },
    purgedSince(since, tags) {
      if (since < forgotten || tags.some(tag => (purgedAt.get(tag) ?? -1) >= since)) return true;
      return patterns.some(({ pattern, at }) => at >= since && tags.some(pattern.matches));
    },
  };
}
