/**
 * By which quiet request fields the answers of a URL were seen to vary: the next request sends them at once, also where
 * nothing is ever stored that could tell.
 *
 * Cost    memory only, bounded in URLs and in bytes; the ones learned longest ago leave first
 */

import { createLru, rememberedBytes } from '../../../shared/primitives/lru.ts';

export interface KnownVary {
  of(key: string): readonly string[];
  learn(key: string, names: readonly string[]): void;
}

/** Clients choose the URLs, and how long they are. */
const BOUNDS = { maxEntries: 5_000, maxBytes: 2 * 1024 * 1024 };
const NONE: readonly string[] = [];

export function createKnownVary(): KnownVary {
  const known = createLru<readonly string[]>(BOUNDS);
  const of = (key: string) => known.peek(key) ?? NONE;
  return {
    of,
    learn(key, names) {
      const all = [...new Set([...of(key), ...names])];
      known.set(key, all, rememberedBytes(key, ...all));
    },
  };
}
