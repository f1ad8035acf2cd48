/** Isolates that share nothing but one Redis, which is the embedded engine with a clock in hand. */

import { createLevels, type Levels } from '../../shared/cache/levels.ts';
import { createMemoryStore } from '../../shared/cache/memory-store.ts';
import { createRedisStore } from '../../shared/cache/redis-store.ts';
import { createTestClock, type TestClock } from './clock.ts';
import { createEngineRedis, type EngineRedis } from './engine-redis.ts';

export interface Isolates<Meta> {
  readonly clock: TestClock;
  readonly redis: EngineRedis;
  /** One more. */
  isolate(): Levels<Meta>;
}

export async function createIsolates<Meta>({ tagsTtlMs = 0 } = {}): Promise<Isolates<Meta>> {
  const clock = createTestClock();
  const redis = await createEngineRedis(clock);
  const onEvent = () => undefined;
  let ids = 0;
  return {
    clock,
    redis,
    isolate() {
      const deps = { redis, clock, createId: () => `id${ids++}`, onEvent };
      const shared = createRedisStore<Meta>(deps, { keyPrefix: 'p', tagsTtlMs });
      const memory = createMemoryStore<Meta>({ clock, maxBytes: 1e6, maxEntries: 100 });
      return createLevels<Meta>({ memory, shared, onEvent });
    },
  };
}
