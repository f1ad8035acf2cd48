/**
 * By which quiet request fields the answers of a URL were seen to vary: the next request sends them at once, also where
 * nothing is ever stored that could tell.
 *
 * Cost    memory only, bounded in URLs; the ones learned longest ago leave first
 */

export interface KnownVary {
  of(key: string): readonly string[];
  learn(key: string, names: readonly string[]): void;
}

const MOST_URLS = 5_000;
const NONE: readonly string[] = [];

export function createKnownVary(): KnownVary {
  const known = new Map<string, readonly string[]>();
  return {
    of: key => known.get(key) ?? NONE,
    learn(key, names) {
      const all = [...new Set([...(known.get(key) ?? NONE), ...names])];
      known.delete(key);
      known.set(key, all);
      for (const oldest of known.keys()) {
        if (known.size <= MOST_URLS) return;
        known.delete(oldest);
      }
    },
  };
}
