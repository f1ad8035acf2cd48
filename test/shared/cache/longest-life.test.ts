import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lookup } from '../../../shared/cache/entry.ts';
import { createLevels } from '../../../shared/cache/levels.ts';
import { boundDeadAt, LONGEST_LIFE_MS } from '../../../shared/cache/longest-life.ts';
import { createMemoryStore } from '../../../shared/cache/memory-store.ts';
import { createRedisStore } from '../../../shared/cache/redis-store.ts';
import { createTestClock, type TestClock } from '../../fakes/clock.ts';
import { createEngineRedis, type EngineRedis } from '../../fakes/engine-redis.ts';

const DAY_MS = 86_400_000;
const TAGS_TTL_MS = 1_000;
const LOOKUP: Lookup = { base: 'k', facets: new Map(), tags: ['a'] };
const decoder = new TextDecoder();

function isolate(redis: EngineRedis, clock: TestClock) {
  let ids = 0;
  const deps = { redis, clock, createId: () => `id${ids++}`, onEvent: () => undefined };
  const shared = createRedisStore<string>(deps, { keyPrefix: 'p', tagsTtlMs: TAGS_TTL_MS });
  const memory = createMemoryStore<string>({ clock, maxBytes: 1e6, maxEntries: 10 });
  const levels = createLevels<string>({ memory, shared, onEvent: () => undefined });
  const text = async () => {
    const { found } = await levels.read(LOOKUP);
    return found && { text: decoder.decode(found.entry.body), soft: found.entry.soft === true };
  };
  const pageOf = (body: string) => ({
    meta: '',
    body: new TextEncoder().encode(body),
    tags: ['a'],
    deadAt: Number.POSITIVE_INFINITY,
  });
  return { levels, text, pageOf };
}

describe('a value', () => {
  it('lives no longer than the longest life, whatever it says', () => {
    expect(boundDeadAt(Number.POSITIVE_INFINITY, 1_000)).toBe(1_000 + LONGEST_LIFE_MS);
    expect(boundDeadAt(1_000.5, 1_000)).toBe(1_001);
    expect([boundDeadAt(1_000, 1_000), boundDeadAt(Number.NaN, 1_000)]).toEqual([0, 0]);
  });

  it('leaves memory too', async () => {
    const clock = createTestClock();
    const memory = createMemoryStore<string>({ clock, maxBytes: 1e6, maxEntries: 10 });
    const { pageOf } = isolate(await createEngineRedis(clock), clock);
    memory.write({ lookup: LOOKUP, reading: memory.read(LOOKUP), varies: [], value: pageOf('old') });
    clock.advance(LONGEST_LIFE_MS - 1);
    expect(memory.read(LOOKUP).entry).toBeDefined();
    clock.advance(1);
    expect(memory.read(LOOKUP).entry).toBeUndefined();
  });
});

describe('what was purged', () => {
  it('leaves no key behind when nothing it could concern is alive', async () => {
    const clock = createTestClock();
    const redis = await createEngineRedis(clock);
    const { levels } = isolate(redis, clock);
    await levels.purge(['a', 'b'], { soft: false });
    await levels.purge(['a', 'b'], { soft: true });
    const namesLeft = async () => ((await redis.pipeline([['KEYS', 'p:*']]))[0] as Uint8Array[]).length;
    expect(await namesLeft()).toBe(6);
    clock.advance(31 * DAY_MS);
    expect(await namesLeft()).toBe(1);
  });

  const hours = (most: number) => fc.integer({ min: 0, max: most }).map(count => count * 3_600_000);

  it('does not come back when its token expires: loaded before, written after, read at any time by anyone', async () => {
    const clock = createTestClock();
    const redis = await createEngineRedis(clock);
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        hours(23),
        fc.array(hours(400), { maxLength: 5 }),
        async (soft, late, steps) => {
          await redis.pipeline([['FLUSHALL']]);
          const [one, other] = [isolate(redis, clock), isolate(redis, clock)];
          const reading = await one.levels.read(LOOKUP);
          await other.levels.purge(['a'], { soft });
          clock.advance(late);
          await one.levels.write({ reading, varies: [], value: one.pageOf('old') });
          // Until then it need not have heard of the purge.
          clock.advance(TAGS_TTL_MS);
          for (const step of [...steps, LONGEST_LIFE_MS - late, DAY_MS, DAY_MS]) {
            clock.advance(step);
            for (const { text } of [one, other, isolate(redis, clock)]) {
              const found = await text();
              expect(soft ? (found?.soft ?? true) : found).toBe(soft ? true : undefined);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
