/**
 * One script for many rows in one pipeline: taught again to a Redis that has forgotten it, as script.ts does for one.
 *
 * Shape   calls -> replies, in their order; a call that Redis refuses is a RedisError in its place
 * Cost    one round trip; one more the first time
 */

import type { Redis, RedisCommand, RedisReply } from '../../redis/redis.ts';
import { isNoScript } from '../../redis/script.ts';
import { expected } from './replies.ts';

export async function runMany(
  redis: Redis,
  source: string,
  calls: readonly RedisCommand[],
): Promise<readonly RedisReply[]> {
  if (calls.length === 0) return [];
  const replies = await redis.pipeline(calls);
  const missed = calls.filter((_, at) => isNoScript(replies[at] ?? null));
  if (missed.length === 0) return replies;
  const [loaded = null, ...again] = await redis.pipeline([['SCRIPT', 'LOAD', source], ...missed]);
  expected(loaded);
  const next = again.values();
  return replies.map(reply => (isNoScript(reply) ? (next.next().value ?? null) : reply));
}
