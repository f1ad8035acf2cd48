/**
 * How full Redis is, and whether it drops keys.
 *
 * Shape   INFO -> ratio of memory, evicted keys; a Redis without a bound has no ratio
 * Errors  RedisUnavailable; RedisError where the database answers no INFO
 * Cost    one command
 * Source  Redis, INFO: used_memory, maxmemory, evicted_keys
 */

import type { Sight } from '../../shared/monitoring/watching/observe.ts';
import type { Redis } from '../../shared/redis/redis.ts';
import { askRedis, textOf } from '../../shared/redis/replies.ts';

export async function lookAtRedis(redis: Redis): Promise<NonNullable<Sight['redis']>> {
  const [reply = null] = await askRedis(redis, [['INFO']]);
  return readInfo(textOf(reply));
}

export function readInfo(text: string): NonNullable<Sight['redis']> {
  const fields = new Map(
    [...text.matchAll(/^(\w+):(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  const number = (name: string) => Number(fields.get(name) ?? Number.NaN);
  const [used, most] = [number('used_memory'), number('maxmemory')];
  return {
    memoryRatio: most > 0 && Number.isFinite(used) ? used / most : undefined,
    evictedKeys: number('evicted_keys') || 0,
  };
}
