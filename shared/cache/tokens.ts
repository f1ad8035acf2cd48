/**
 * A tag's two tokens, replaced by a hard and by a soft purge; what two readings of them say; and the ticket, which is all
 * that was known of purges at one instant.
 *
 * A tag that was never purged has the empty text for a token. Should Redis lose a token, the tag looks as if it had never
 * been purged: that brings back only what was stored before its first purge and has outlived its token. Tokens that expire
 * outlive every value (longest-life.ts); those that Redis evicts before their time may not.
 *
 * Shape   tokens then and now -> 'valid' | 'soft' | 'purged'
 * Errors  none; tokens that are not known count as purged
 */

export type TokenPair = readonly [hard: string, soft: string];
export type Tokens = ReadonlyMap<string, TokenPair>;
export type PurgeState = 'valid' | 'soft' | 'purged';

/** A reading hands it out, a later write hands it back: what was purged in between is not kept. */
export interface Ticket {
  /** Which purge of anything at all was the last one. */
  readonly mark: string;
  /** Of some tags; the others' are not known. */
  readonly tokens: Tokens;
  /** When the store was asked: the rest held then or later. */
  readonly at: number;
  /** How often its maker had learned of purges when the answer came: a place in an order without a clock. */
  readonly order: number;
}

/** Of one value: a script in Redis can ask for the tokens of twice as many at once, a response names 64 at most. */
export const MOST_TAGS = 1_000;

export function comparePurges(
  then: readonly TokenPair[] | undefined,
  now: readonly TokenPair[] | undefined,
): PurgeState {
  if (!then || !now || then.length !== now.length) return 'purged';
  if (then.some(([hard], i) => hard !== now[i]?.[0])) return 'purged';
  return then.some(([, soft], i) => soft !== now[i]?.[1]) ? 'soft' : 'valid';
}

/** The tokens of all tags, or undefined when one is unknown. */
export function selectTokens(tokens: Tokens, tags: readonly string[]): TokenPair[] | undefined {
  const selected = tags.map(tag => tokens.get(tag));
  return selected.every(pair => pair !== undefined) ? selected : undefined;
}

/** Hard and soft token of each tag, one after the other; tags for which there is none stay unknown. */
export function pairTokens(tags: readonly string[], flat: readonly string[]): [string, TokenPair][] {
  return tags.flatMap((tag, i): [string, TokenPair][] => {
    const [hard, soft] = [flat[2 * i], flat[2 * i + 1]];
    return hard === undefined || soft === undefined ? [] : [[tag, [hard, soft]]];
  });
}
