/**
 * Walks through the entries in Redis for the tags that match a pattern: what no token can say beforehand. A walk is bounded,
 * and says when it did not come to the end.
 *
 * Shape   pattern -> tags, and whether everything was looked at
 * Errors  rejects with RedisUnavailable, or with the RedisError that Redis answered
 * Cost    one trip for each KEYS_A_STEP keys of the database, whoever they belong to; at most MOST_STEPS
 */

import { type Redis, RedisError, type RedisReply, RedisUnavailable } from '../redis/redis.ts';
import { createScript } from '../redis/script.ts';
import { FIND_TAGS } from './find-tags.lua.ts';
import type { RedisKeys } from './redis-keys.ts';
import type { FindTags } from './tag-pattern.ts';

/** A step must not hold up Redis for others; a Worker of the free plan may call out fifty times. */
const KEYS_A_STEP = 1_000;
const MOST_STEPS = 40;

export function createFinder(redis: Redis, keys: RedisKeys): FindTags {
  const script = createScript(FIND_TAGS, { readOnly: true });
  return async pattern => {
    const tags = new Set<string>();
    let cursor = '0';
    for (let step = 0; step < MOST_STEPS; step++) {
      const args = [cursor, keys.entries, KEYS_A_STEP, pattern.startsWith];
      const [next, found] = listOf(await script.run(redis, [], args));
      for (const tag of listOf(found).map(textOf)) if (pattern.matches(tag)) tags.add(tag);
      cursor = textOf(next);
      if (cursor === '0') return { tags: [...tags], complete: true };
    }
    return { tags: [...tags], complete: false };
  };
}

const decoder = new TextDecoder();

function listOf(reply: RedisReply | undefined): readonly RedisReply[] {
  if (reply instanceof RedisError) throw reply;
  // Taken for an empty list it would say that nothing matches.
  if (!Array.isArray(reply)) throw new RedisUnavailable('Redis answered something other than a list');
  return reply;
}

function textOf(reply: RedisReply | undefined): string {
  return reply instanceof Uint8Array ? decoder.decode(reply) : String(reply);
}
