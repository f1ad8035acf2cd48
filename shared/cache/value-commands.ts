/**
 * How commands for values travel, and what is thrown of their replies.
 *
 * Errors  the RedisError that Redis answered
 */

import { type RedisCommand, RedisError, type RedisReply } from '../redis/redis.ts';

export function throwRefusals(replies: readonly RedisReply[]): void {
  for (const reply of replies) if (reply instanceof RedisError) throw reply;
}

const MOST_URL_CHARACTERS = 4_000;

/** The script's keys stand in a URL, because its last argument is bytes. */
export function fitsIntoUrl(tags: readonly string[]): boolean {
  return tags.reduce((sum, tag) => sum + 2 * (tag.length + 32), 0) <= MOST_URL_CHARACTERS;
}

/** A command whose bytes are text shares its trip with others. */
export function asText(command: RedisCommand): RedisCommand {
  const bytes = command[2];
  if (!(bytes instanceof Uint8Array)) return command;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return [command[0], command[1] ?? '', text, ...command.slice(3)];
  } catch {
    return command;
  }
}
