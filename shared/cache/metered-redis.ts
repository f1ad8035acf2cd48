/**
 * Redis as the cache calls it: held to its deadline whatever the connection does, guarded by a breaker, every trip told.
 *
 * Units   durations ms
 * Errors  RedisUnavailable after the deadline, and at once while the breaker is open
 * Cost    as the Redis below; a script is told as three commands, which is what ours run at most
 */

import type { Clock } from '../primitives/clock.ts';
import { withDeadline } from '../redis/deadline.ts';
import { createGuardedRedis } from '../redis/guarded-redis.ts';
import type { Redis, RedisCommand } from '../redis/redis.ts';
import type { Breaker } from '../resilience/breaker.ts';
import type { ApplicationListener } from './application-events.ts';

export interface MeteredRedisDeps {
  readonly redis: Redis;
  readonly breaker: Breaker;
  readonly clock: Clock;
  readonly onEvent: ApplicationListener;
}

export function createMeteredRedis(deps: MeteredRedisDeps, deadlineMs: number): Redis {
  const { redis, breaker, clock, onEvent } = deps;

  const timed: Redis = {
    async pipeline(commands, options) {
      const startedAt = clock();
      const tell = (failed: boolean) => {
        const [billed, tookMs] = [
          commands.reduce((sum, command) => sum + billOf(command), 0),
          clock() - startedAt,
        ];
        onEvent({ kind: 'trip', commands: commands.length, billed, tookMs, failed });
      };
      try {
        const limits = { deadlineMs, signal: options?.signal };
        const replies = await withDeadline(limits, signal => redis.pipeline(commands, { signal }));
        tell(false);
        return replies;
      } catch (error) {
        tell(true);
        throw error;
      }
    },
  };
  return createGuardedRedis(timed, breaker);
}

function billOf([name]: RedisCommand): number {
  return name.startsWith('EVAL') ? 3 : 1;
}
