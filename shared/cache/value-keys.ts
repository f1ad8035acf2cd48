/**
 * The names of application values in Redis: readable, so that whoever looks into the database finds them, and hashed where
 * they would not fit into a URL, since a value of bytes travels below one.
 *
 * Shape   prefix:1:v:<key>, or prefix:1:h:<hash of the key> beyond LONGEST_PLAIN; tokens and mark as in redis-keys.ts
 */

import { hashText } from '../primitives/hash.ts';
import { createRedisKeys, type RedisKeys } from './redis-keys.ts';

export interface ValueKeys extends Pick<RedisKeys, 'mark' | 'hardPrefix' | 'softPrefix' | 'tokens'> {
  value(key: string): string | Promise<string>;
  lease(key: string): Promise<string>;
  /** The key of a readable name. */
  keyOf(name: string): string;
  /** As Redis writes patterns: all readable names. */
  readonly values: string;
}

const LONGEST_PLAIN = 512;

export function createValueKeys(prefix: string): ValueKeys {
  const { mark, hardPrefix, softPrefix, tokens } = createRedisKeys(prefix);
  const root = `${prefix}:1`;
  const plain = `${root}:v:`;
  return {
    mark,
    hardPrefix,
    softPrefix,
    tokens,
    values: `${plain}*`,
    keyOf: name => name.slice(plain.length),
    value: key => (key.length <= LONGEST_PLAIN ? plain + key : hashed(`${root}:h:`, key)),
    lease: key => hashed(`${root}:l:`, key),
  };
}

async function hashed(prefix: string, key: string): Promise<string> {
  return prefix + (await hashText(key));
}
