/**
 * The two questions the cache asks Redis: one variant with everything that tells whether it is still valid, and the tokens
 * of given tags alone.
 *
 * Errors  rejects with RedisUnavailable, or with the RedisError that Redis answered
 * Cost    one round trip each
 */

import type { Clock } from '../primitives/clock.ts';
import { type Redis, RedisError, type RedisReply } from '../redis/redis.ts';
import { createScript } from '../redis/script.ts';
import type { Lookup } from './entry.ts';
import { READ_ENTRY } from './read-entry.lua.ts';
import { type RedisKeys, shortenFacets } from './redis-keys.ts';
import type { Ticket } from './store.ts';
import { pairTokens } from './tokens.ts';

export interface RedisReading {
  readonly forks: Uint8Array;
  readonly entry: Uint8Array;
  /** What Redis said of purges, once told which tags the tokens belong to: those of the lookup, then the entry's. */
  ticket(entryTags: readonly string[]): Ticket;
}

export interface RedisReader {
  readEntry(lookup: Lookup): Promise<RedisReading>;
  readTokens(tags: readonly string[]): Promise<Ticket>;
}

export function createRedisReader(redis: Redis, keys: RedisKeys, clock: Clock): RedisReader {
  const script = createScript(READ_ENTRY, { readOnly: true });
  return {
    async readEntry(lookup) {
      const at = clock();
      const facets = [...(await shortenFacets(lookup.facets))].flat();
      const names = [await keys.entry(lookup.base), keys.mark];
      const values = [keys.hardPrefix, keys.softPrefix, lookup.tags.length, ...lookup.tags, ...facets];
      const [mark, forks, entry, ...tokens] = listOf(await script.run(redis, names, values));
      const ticket = (entryTags: readonly string[]) => ({
        mark: textOf(mark),
        tokens: pairTokens([...lookup.tags, ...entryTags], tokens.map(textOf)),
        at,
      });
      return { forks: bytesOf(forks), entry: bytesOf(entry), ticket };
    },
    async readTokens(tags) {
      const at = clock();
      const [reply] = await redis.pipeline([['MGET', keys.mark, ...keys.tokens(tags)]]);
      const [mark, ...tokens] = listOf(reply);
      return { mark: textOf(mark), tokens: pairTokens(tags, tokens.map(textOf)), at };
    },
  };
}

const NOTHING = new Uint8Array();

function listOf(reply: RedisReply | undefined): readonly RedisReply[] {
  if (reply instanceof RedisError) throw reply;
  return Array.isArray(reply) ? reply : [];
}

function bytesOf(reply: RedisReply | undefined): Uint8Array {
  return reply instanceof Uint8Array ? reply : NOTHING;
}

function textOf(reply: RedisReply | undefined): string {
  return new TextDecoder().decode(bytesOf(reply));
}
