/**
 * Which tokens a value that is about to be written may be bound to: those of before its load, or those of now where they
 * prove that nothing was purged since.
 *
 * Shape   ticket of before the load + tags -> tokens | undefined (a purge may have come between)
 * Errors  as Redis
 * Cost    none where the ticket knows all tags; else one command, and in strict mode one more for tags without a token
 */

import type { CreateId } from '../primitives/ids.ts';
import type { Redis } from '../redis/redis.ts';
import type { PurgeKnowledge } from './purge-knowledge.ts';
import { selectTokens, type Ticket, type TokenPair } from './tokens.ts';
import type { ValueKeys } from './value-keys.ts';
import type { ValueReader } from './value-reader.ts';

export interface BindingDeps {
  readonly redis: Redis;
  readonly keys: ValueKeys;
  readonly reader: ValueReader;
  readonly knowledge: PurgeKnowledge;
  readonly createId: CreateId;
  /** A tag without a token was never purged, or its token was evicted: taken for purged. */
  readonly strictTags: boolean;
}

export type BindTokens = (ticket: Ticket, tags: readonly string[]) => Promise<TokenPair[] | undefined>;

export function createBinding({
  redis,
  keys,
  reader,
  knowledge,
  createId,
  strictTags,
}: BindingDeps): BindTokens {
  async function learnUnknown(ticket: Ticket, tags: readonly string[]): Promise<Ticket | undefined> {
    const unknown = tags.filter(tag => !ticket.tokens.has(tag));
    if (unknown.length === 0) return ticket;
    const now = knowledge.learn(await reader.readTokens(unknown));
    const isProven = ([tag, pair]: [string, TokenPair]) => knowledge.heldAt(ticket, tag, pair);
    if (now.mark !== ticket.mark && ![...now.tokens].every(isProven)) return undefined;
    return { ...ticket, tokens: new Map([...now.tokens, ...ticket.tokens]) };
  }

  /** Only a token that was given here, now, proves that there was none: another's may be that of a purge. */
  async function giveTokens(tokens: TokenPair[], tags: readonly string[]): Promise<TokenPair[] | undefined> {
    const bare = tags.filter((_, i) => tokens[i]?.[0] === '');
    if (bare.length === 0) return tokens;
    const ids = new Map(bare.map(tag => [tag, createId()]));
    const replies = await redis.pipeline(
      bare.map(tag => ['SET', keys.hardPrefix + tag, ids.get(tag) ?? '', 'NX'] as const),
    );
    if (!replies.every(reply => reply === 'OK')) return undefined;
    return tokens.map(([hard, soft], i) => [ids.get(tags[i] ?? '') ?? hard, soft]);
  }

  return async (ticket, tags) => {
    const complete = await learnUnknown(ticket, tags);
    const tokens = complete && selectTokens(complete.tokens, tags);
    return tokens && strictTags ? giveTokens(tokens, tags) : tokens;
  };
}
