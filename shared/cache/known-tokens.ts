/**
 * Since when this isolate has known each tag's tokens. Tokens never return to an earlier value, so one that was known
 * before a load began and is the same after it proves that the tag was not purged meanwhile.
 *
 * Cost    memory only, bounded in tags; the ones learned longest ago leave first
 */

import type { TokenPair, Tokens } from './tokens.ts';

const MOST_TAGS = 10_000;

export interface KnownTokens {
  learn(tokens: Tokens, at: number): void;
  /** True when the tag had these tokens at that instant, or earlier, and they were not seen to change since. */
  heldAt(tag: string, pair: TokenPair, at: number): boolean;
}

export function createKnownTokens(): KnownTokens {
  const known = new Map<string, { pair: TokenPair; since: number }>();
  const same = (left: TokenPair | undefined, right: TokenPair) =>
    left?.[0] === right[0] && left[1] === right[1];
  return {
    learn(tokens, at) {
      for (const [tag, pair] of tokens) {
        if (same(known.get(tag)?.pair, pair)) continue;
        known.delete(tag);
        known.set(tag, { pair, since: at });
      }
      for (const tag of known.keys()) {
        if (known.size <= MOST_TAGS) return;
        known.delete(tag);
      }
    },
    heldAt(tag, pair, at) {
      const held = known.get(tag);
      return held !== undefined && held.since <= at && same(held.pair, pair);
    },
  };
}
