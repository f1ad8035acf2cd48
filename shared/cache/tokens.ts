/**
 * A tag's two tokens, replaced by a hard and by a soft purge; what two readings of them say; and which tokens of a value
 * were already known before its load began.
 *
 * Shape   tokens then and now -> 'valid' | 'soft' | 'purged'
 * Errors  none; a different number of tokens counts as purged
 */

export type TokenPair = readonly [hard: string, soft: string];
export type Tokens = ReadonlyMap<string, TokenPair>;
export type PurgeState = 'valid' | 'soft' | 'purged';

export function comparePurges(then: readonly TokenPair[], now: readonly TokenPair[]): PurgeState {
  if (then.length !== now.length) return 'purged';
  if (then.some(([hard], i) => hard !== now[i]?.[0])) return 'purged';
  return then.some(([, soft], i) => soft !== now[i]?.[1]) ? 'soft' : 'valid';
}

/** The tokens of all tags, or undefined when one is unknown. */
export function selectTokens(tokens: Tokens, tags: readonly string[]): TokenPair[] | undefined {
  const selected = tags.map(tag => tokens.get(tag));
  return selected.every(pair => pair !== undefined) ? selected : undefined;
}

export function pairTokens(tags: readonly string[], flat: readonly string[]): Tokens {
  return new Map(tags.map((tag, i) => [tag, [flat[2 * i] ?? '', flat[2 * i + 1] ?? '']]));
}
