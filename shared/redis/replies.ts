/**
 * Asks Redis what it has no reason to refuse, and reads its replies as text.
 *
 * Shape   commands -> replies; reply -> text, '' for none; list -> texts, none for no list
 * Errors  the first RedisError among the replies; as the port
 * Cost    one round trip
 */

import { type Redis, type RedisCommand, RedisError, type RedisReply } from './redis.ts';

export async function askRedis(
  redis: Redis,
  commands: readonly RedisCommand[],
): Promise<readonly RedisReply[]> {
  const replies = await redis.pipeline(commands);
  return replies.map(expected);
}

export function expected(reply: RedisReply): RedisReply {
  if (reply instanceof RedisError) throw reply;
  return reply;
}

export function textOf(reply: RedisReply): string {
  return reply instanceof Uint8Array ? new TextDecoder().decode(reply) : String(reply ?? '');
}

export function textsOf(reply: RedisReply): readonly string[] {
  return Array.isArray(reply) ? reply.map(textOf) : [];
}
