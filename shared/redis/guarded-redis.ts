/**
 * Redis behind a breaker: while it keeps failing, calls are refused at once instead of each waiting for its deadline.
 *
 * Errors  RedisUnavailable without a call while the breaker is open; only RedisUnavailable
 *         counts as a failure, and not when the caller itself ended the call
 * Cost    as the Redis it guards
 */

import type { Breaker } from '../resilience/breaker.ts';
import { type Redis, RedisUnavailable } from './redis.ts';

export function createGuardedRedis(redis: Redis, breaker: Breaker): Redis {
  return {
    async pipeline(commands, options) {
      if (!breaker.permit()) throw new RedisUnavailable('Redis is left alone for a moment: it kept failing.');
      try {
        const replies = await redis.pipeline(commands, options);
        breaker.record('success');
        return replies;
      } catch (error) {
        // What its caller ended says nothing about Redis.
        if (!options?.signal?.aborted)
          breaker.record(error instanceof RedisUnavailable ? 'failure' : 'success');
        throw error;
      }
    },
  };
}
