/**
 * Walks through the names of values in Redis for the keys that match a pattern: for the purge that no tag and no prefix was
 * made for. A walk is bounded, and says when it did not come to the end.
 *
 * Shape   'users:*:cart' -> keys, and whether everything was looked at; `*` stands for any text
 * Errors  rejects with RedisUnavailable, or with the RedisError that Redis answered
 * Cost    one trip for each KEYS_A_STEP keys of the database, whoever they belong to. A key beyond 512 characters stands there
 *         as its hash, and is not found
 */

import type { Redis } from '../redis/redis.ts';
import { createTagPattern } from './tag-pattern.ts';
import type { ValueKeys } from './value-keys.ts';
import { listOf, textOf } from './value-reader.ts';

export interface FoundKeys {
  readonly keys: readonly string[];
  /** False when there was more to look at than it may. */
  readonly complete: boolean;
}

const KEYS_A_STEP = 1_000;

export function createValueFinder(redis: Redis, names: Pick<ValueKeys, 'value' | 'keyOf'>) {
  return async (pattern: string, mostSteps: number): Promise<FoundKeys> => {
    const { matches } = createTagPattern(pattern);
    const glob = await names.value(pattern.replace(/[\\?[\]^]/g, '\\$&'));
    const keys = new Set<string>();
    let cursor = '0';
    for (let step = 0; step < mostSteps; step++) {
      const [reply] = await redis.pipeline([['SCAN', cursor, 'MATCH', glob, 'COUNT', KEYS_A_STEP]]);
      const [next, found] = listOf(reply);
      for (const key of listOf(found).map(textOf).map(names.keyOf)) if (matches(key)) keys.add(key);
      cursor = textOf(next);
      if (cursor === '0') return { keys: [...keys], complete: true };
    }
    return { keys: [...keys], complete: false };
  };
}
