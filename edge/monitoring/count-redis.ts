/**
 * Counts trips to Redis, what they took and what they are billed, and how often Redis is left alone.
 *
 * Units   ms
 * Errors  as the Redis below
 * Cost    a few additions a trip
 */

import { billOfAdd } from '../../shared/monitoring/redis-metrics-store.ts';
import type { Registry } from '../../shared/monitoring/registry.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import { type Redis, type RedisCommand, RedisError, type RedisReply } from '../../shared/redis/redis.ts';
import type { Breaker } from '../../shared/resilience/breaker.ts';

export interface RedisCounting {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly use: RedisUse;
}

/** What Redis is asked for. Jobs have a Redis of their own, which has nothing to do with what a request costs. */
export type RedisUse = 'cache' | 'metrics';

export function countRedis(redis: Redis, { registry, clock, use }: RedisCounting): Redis {
  const slots = {
    answered: registry.slot('counter', 'edge_redis_trips_total', { use, result: 'answered' }),
    failed: registry.slot('counter', 'edge_redis_trips_total', { use, result: 'failed' }),
    commands: registry.slot('counter', 'edge_redis_commands_total', { use }),
    took: registry.slot('durations', 'edge_redis_duration_seconds', { use }),
  };
  return {
    async pipeline(commands, options) {
      const startedAt = clock();
      const trips = tripsOf(commands);
      const done = (slot: number, billed: number) => {
        registry.add(slot, trips);
        registry.add(slots.commands, billed);
        registry.observe(slots.took, clock() - startedAt);
      };
      try {
        const replies = await redis.pipeline(commands, options);
        done(
          slots.answered,
          commands.reduce((sum, command, at) => sum + billOf(command, replies[at] ?? null, use), 0),
        );
        return replies;
      } catch (error) {
        done(
          slots.failed,
          commands.reduce((sum, command) => sum + billOf(command, null, use), 0),
        );
        throw error;
      }
    },
  };
}

export function countBreaker(breaker: Breaker, registry: Registry): Breaker {
  const opened = registry.slot('counter', 'edge_redis_breaker_opened_total');
  const refused = registry.slot('counter', 'edge_redis_refused_total');
  return {
    ...breaker,
    permit() {
      const isPermitted = breaker.permit();
      if (!isPermitted) registry.add(refused);
      return isPermitted;
    },
    record(outcome) {
      const before = breaker.state();
      breaker.record(outcome);
      if (before !== 'open' && breaker.state() === 'open') registry.add(opened);
    },
  };
}

/** Bytes travel alone (shared/redis/redis.ts). */
export function tripsOf(commands: readonly RedisCommand[]): number {
  const alone = commands.filter(command => command.some(argument => argument instanceof Uint8Array)).length;
  return alone + (alone < commands.length ? 1 : 0);
}

/**
 * As Upstash bills: a command, and all that a script runs. What a look-up ran shows in its answer (read-entry.lua.ts): one
 * MGET, one for a variant, one for tags not known beforehand. Other scripts run a command for each of their keys, at least two.
 */
export function billOf(
  [name, , keys, ...rest]: RedisCommand,
  reply: RedisReply,
  use: RedisUse = 'cache',
): number {
  // A script that Redis does not know has run nothing.
  if (!name.startsWith('EVAL') || reply instanceof RedisError) return 1;
  if (use === 'metrics') return billOfAdd(rest.slice(Number(keys)));
  if (name === 'EVALSHA_RO' && Array.isArray(reply) && reply.length === 5)
    return 2 + (lengthOf(reply[1]) > 0 ? 1 : 0) + (lengthOf(reply[4]) > 0 ? 1 : 0);
  return 1 + Math.max(2, Number(keys) || 0);
}

function lengthOf(reply: RedisReply | undefined): number {
  return Array.isArray(reply) || reply instanceof Uint8Array || typeof reply === 'string' ? reply.length : 0;
}
