import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestClock, type TestClock } from '../../fakes/clock.ts';
import { createEngineRedis, type EngineRedis } from '../../fakes/engine-redis.ts';
import { createWorld, ISOLATES, TAGS_TTL_MS, type World } from './isolates.ts';
import { hashAtOnce, settled } from './on-the-way.ts';

const RUNS = 1_000;

/** Most happens in one place, so that things meet. */
const isolate = fc.constantFrom(0, 0, 0, ...Array(ISOLATES).keys());
const index = fc.nat({ max: 20 });
const tag = fc.constantFrom('a', 'b', ',k1');
const names = fc.subarray(['lang', 'enc']);
const facets = fc.record(
  { lang: fc.constantFrom('', 'de', 'fr'), enc: fc.constantFrom('br', 'lang:de') },
  { requiredKeys: [] },
);
const target = fc.record({
  isolate,
  base: fc.constantFrom('k1', 'k1', 'k1', 'k1', 'k2', 'k1\nlang:de'),
  facets: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: facets }),
  known: fc.subarray(['a', 'b']),
});
const loaded = fc.record({
  varies: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: names }),
  tags: fc.subarray(['a', 'b']),
  bytes: fc.constantFrom(0, 10, 3_000),
  lifeMs: fc.constantFrom(60, 10_000, Number.POSITIVE_INFINITY),
});

type Step = (world: World, clock: TestClock) => unknown;
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: target.map(
      (at): Step =>
        world =>
          world.read(at),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(index, loaded).map(
      ([i, value]): Step =>
        world =>
          world.finishLoad(i, value),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(isolate, tag, fc.boolean()).map(
      ([i, name, soft]): Step =>
        world =>
          world.purge(i, name, soft),
    ),
  },
  {
    weight: 16,
    arbitrary: index.map(
      (i): Step =>
        world =>
          world.deliver(i),
    ),
  },
  // The oldest first: without these few calls would ever come to their end.
  { weight: 12, arbitrary: fc.constant<Step>(world => world.deliver(0)) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(1, 40, TAGS_TTL_MS).map(
      (ms): Step =>
        (_, clock) =>
          clock.advance(ms),
    ),
  },
  {
    weight: 1,
    arbitrary: index.map(
      (i): Step =>
        world =>
          world.evict(i),
    ),
  },
);

describe('on several isolates, however reads, loads, writes and purges are interleaved', () => {
  let clock: TestClock;
  let redis: EngineRedis;
  beforeAll(async () => {
    hashAtOnce();
    clock = createTestClock();
    redis = await createEngineRedis(clock);
  });
  afterAll(() => vi.restoreAllMocks());

  it('a purge wins, nobody gets what is not theirs, and memory keeps to its bounds', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), async steps => {
        const world = createWorld(redis, clock, `run${run++}`);
        for (const take of steps) {
          take(world, clock);
          await settled();
          world.weigh();
        }
        while (!world.isIdle()) {
          world.deliver(0);
          await settled();
        }
        // What is left behind would only make the next search for something to evict longer.
        await redis.pipeline([['FLUSHALL']]);
        redis.takeCommands();
        expect(world.faults).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
