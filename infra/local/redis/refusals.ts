/**
 * Redis's own sentences for what it refuses, so that a client reads the same words on both tiers.
 *
 * Errors  RedisError, which the engine turns into the command's reply
 * Source  Redis 7.0.15, compared by the contract suite
 */
import { RedisError } from '../../../shared/redis/redis.ts';

export const REFUSALS = {
  syntax: 'ERR syntax error',
  notInteger: 'ERR value is not an integer or out of range',
  notFloat: 'ERR value is not a valid float',
  overflow: 'ERR increment or decrement would overflow',
  notFinite: 'ERR increment would produce NaN or Infinity',
  notPositive: 'ERR value is out of range, must be positive',
  wrongType: 'WRONGTYPE Operation against a key holding the wrong kind of value',
  noSuchKey: 'ERR no such key',
  tooLong: 'ERR string exceeds maximum allowed size (proto-max-bulk-len)',
} as const;

export function refuse(reason: keyof typeof REFUSALS): never {
  throw new RedisError(REFUSALS[reason]);
}

export function refuseWith(sentence: string): never {
  throw new RedisError(sentence);
}

export function refuseCount(command: string): never {
  throw new RedisError(`ERR wrong number of arguments for '${command}' command`);
}
