/**
 * The public cache on the embedded engine with a clock in hand: each call opens one more process on the same Redis.
 */
import type { ApplicationEvent } from '../../shared/cache/application-events.ts';
import { createCache } from '../../shared/cache/cache.ts';
import type { Cache } from '../../shared/cache/cache-api.ts';
import type { CacheOptions, CacheRuntime } from '../../shared/cache/options.ts';
import { randomId } from '../../shared/primitives/ids.ts';
import type { Redis } from '../../shared/redis/redis.ts';
import { type Trouble, withChaos } from './chaos.ts';
import { createTestClock, type TestClock } from './clock.ts';
import { createEngineRedis, type EngineRedis } from './engine-redis.ts';

export interface CacheHome {
  readonly clock: TestClock;
  readonly redis: EngineRedis;
  readonly events: ApplicationEvent[];
  /** What was sent to Redis since the last call of this. */
  sent(): string[];
  open(options?: CacheOptions, trouble?: Trouble): Cache;
  runtime(overrides?: Partial<CacheRuntime>): CacheRuntime;
}

export async function createCacheHome(): Promise<CacheHome> {
  const clock = createTestClock();
  const redis = await createEngineRedis(clock);
  const events: ApplicationEvent[] = [];
  const runtime = (overrides: Partial<CacheRuntime> = {}): CacheRuntime => ({
    connect: () => redis,
    clock,
    random: () => 0.5,
    createId: randomId,
    ...overrides,
  });
  return {
    clock,
    redis,
    events,
    sent: () => redis.takeCommands().map(([name]) => name),
    open(options = {}, trouble = {}) {
      const port = withChaos<Redis>({ pipeline: redis.pipeline }, trouble);
      return createCache(
        { redis: port, deadlineMs: 10_000, onEvent: event => events.push(event), ...options },
        runtime(),
      );
    },
    runtime,
  };
}
