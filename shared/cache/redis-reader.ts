/**
 * The two questions the cache asks Redis: one variant with everything that tells whether it is still valid, and the tokens
 * of given tags alone.
 *
 * Errors  rejects with RedisUnavailable, or with the RedisError that Redis answered
 * Cost    one round trip each
 */

import type { Clock } from '../primitives/clock.ts';
import {
  type Redis,
  type RedisCallOptions,
  RedisError,
  type RedisReply,
  RedisUnavailable,
} from '../redis/redis.ts';
import { createScript } from '../redis/script.ts';
import type { Lookup } from './entry.ts';
import type { Answer } from './purge-knowledge.ts';
import { READ_ENTRY } from './read-entry.lua.ts';
import { type RedisKeys, shortenFacets } from './redis-keys.ts';
import { pairTokens } from './tokens.ts';

/** An answer's ticket, but for its place in the order of answers. */
export type UndatedTicket = Answer;

export interface RedisReading {
  readonly forks: Uint8Array;
  readonly entry: Uint8Array;
  /** What Redis said of purges, once told which tags the entry has. */
  ticket(entryTags: readonly string[]): UndatedTicket;
}

export interface RedisReader {
  readEntry(lookup: Lookup, options?: RedisCallOptions): Promise<RedisReading>;
  readTokens(tags: readonly string[]): Promise<UndatedTicket>;
}

export function createRedisReader(redis: Redis, keys: RedisKeys, clock: Clock): RedisReader {
  const script = createScript(READ_ENTRY, { readOnly: true });
  return {
    async readEntry(lookup, options) {
      const at = clock();
      const known = new Set(lookup.tags);
      const facets = [...(await shortenFacets(lookup.facets))].flat();
      const names = [await keys.entry(lookup.base), keys.mark, keys.purges];
      const values = [keys.hardPrefix, keys.softPrefix, known.size, ...known, ...facets];
      const reply = listOf(await script.run(redis, names, values, options));
      const [mark, purges, forks, entry, ofKnown, ofOthers] = reply;
      const ticket = (entryTags: readonly string[]): UndatedTicket => {
        const others = [...new Set(entryTags)].filter(tag => !known.has(tag));
        const tokens = [
          ...pairTokens([...known], textsOf(ofKnown)),
          ...pairTokens(others, textsOf(ofOthers)),
        ];
        return { mark: textOf(mark), purges: textOf(purges), tokens: new Map(tokens), at };
      };
      return { forks: bytesOf(forks), entry: bytesOf(entry), ticket };
    },
    async readTokens(tags) {
      const at = clock();
      const [reply] = await redis.pipeline([['MGET', keys.mark, keys.purges, ...keys.tokens(tags)]]);
      const [mark = '', purges = '', ...tokens] = textsOf(reply);
      return { mark, purges, tokens: new Map(pairTokens(tags, tokens)), at };
    },
  };
}

const NOTHING = new Uint8Array();
const decoder = new TextDecoder();

function listOf(reply: RedisReply | undefined): readonly RedisReply[] {
  if (reply instanceof RedisError) throw reply;
  // Taken for an empty list it would say that nothing was ever purged.
  if (!Array.isArray(reply)) throw new RedisUnavailable('Redis answered something other than a list');
  return reply;
}

function textsOf(reply: RedisReply | undefined): string[] {
  return listOf(reply).map(textOf);
}

function textOf(reply: RedisReply | undefined): string {
  return decoder.decode(bytesOf(reply));
}

function bytesOf(reply: RedisReply | undefined): Uint8Array {
  return reply instanceof Uint8Array ? reply : NOTHING;
}
