/**
 * What both sides asked of their origins, databases and Redis, between two looks.
 *
 * Shape   Stage -> Counters of both sides; two of them -> their difference
 */

import type { Stage } from '../stage/stage.ts';
import type { Counters } from './figures.ts';

export type BothCounters = Readonly<Record<'direct' | 'edge', Counters>>;

export async function countersOf({ direct, behind, redis }: Stage): Promise<BothCounters> {
  const [alone, cached, counted] = [await direct.collect(), await behind.collect(), await redis.collect()];
  return {
    direct: { originRequests: alone.requests, queries: alone.queries, redis: undefined },
    edge: { originRequests: cached.requests, queries: cached.queries, redis: counted },
  };
}

export function since(before: Counters, after: Counters): Counters {
  const { redis } = after;
  return {
    originRequests: after.originRequests - before.originRequests,
    queries: (after.queries ?? 0) - (before.queries ?? 0),
    redis: redis && {
      trips: redis.trips - (before.redis?.trips ?? 0),
      commands: redis.commands - (before.redis?.commands ?? 0),
      billed: redis.billed - (before.redis?.billed ?? 0),
    },
  };
}
