import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestClock, type TestClock } from '../../fakes/clock.ts';
import { createEngineRedis, type EngineRedis } from '../../fakes/engine-redis.ts';
import { hashAtOnce, settled } from './on-the-way.ts';
import { createWorld, L1_TTL_MS, type Removal, TAGS_TTL_MS, type World } from './processes.ts';

const KEYS = ['users:1', 'users:2', 'users:eu:1', 'k'];
const tag = fc.constantFrom('a', 'b');
const lifeMs = fc.constantFrom(60, 10_000);
const target = fc.record({
  process: fc.constantFrom(0, 0, 0, 1, 2),
  // Most happens in one place, so that things meet.
  key: fc.constantFrom('users:1', 'users:1', 'users:1', ...KEYS),
  tags: fc.subarray(['a', 'b']),
  learned: fc.boolean(),
});
const removal: fc.Arbitrary<Removal> = fc.oneof(
  { weight: 4, arbitrary: tag.map(name => ({ kind: 'tag', tag: name }) as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('users:', 'users:eu:').map(prefix => ({ kind: 'prefix', prefix }) as const),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'clear' } as const) },
  { weight: 2, arbitrary: fc.constantFrom(...KEYS).map(key => ({ kind: 'delete', key }) as const) },
);

type Step = (world: World, clock: TestClock) => unknown;
const stepOf = <Value>(weight: number, values: fc.Arbitrary<Value>, take: (value: Value) => Step) => ({
  weight,
  arbitrary: values.map(take),
});
const step = fc.oneof(
  stepOf(5, target, at => world => world.get(at)),
  stepOf(1, target, at => world => world.getMany(at, KEYS)),
  stepOf(
    6,
    fc.tuple(target, lifeMs),
    ([at, ms]) =>
      world =>
        world.getOrLoad(at, ms),
  ),
  stepOf(
    3,
    fc.tuple(target, lifeMs),
    ([at, ms]) =>
      world =>
        world.set(at, ms),
  ),
  stepOf(
    3,
    fc.tuple(fc.nat({ max: 2 }), removal),
    ([process, what]) =>
      world =>
        world.remove(process, what),
  ),
  stepOf(16, fc.nat({ max: 20 }), index => world => world.deliver(index)),
  // The oldest first: without these few calls would ever come to their end.
  stepOf(14, fc.constant(0), index => world => world.deliver(index)),
  stepOf(3, fc.constantFrom(1, 40, TAGS_TTL_MS, L1_TTL_MS), ms => (_, clock) => clock.advance(ms)),
  stepOf(1, fc.nat({ max: 20 }), index => world => world.evict(index)),
);

describe('however reads, loads, sets, purges and evictions are interleaved', () => {
  let clock: TestClock;
  let redis: EngineRedis;
  let run = 0;
  beforeAll(async () => {
    hashAtOnce();
    clock = createTestClock();
    redis = await createEngineRedis(clock);
  });
  afterAll(() => vi.restoreAllMocks());

  async function play(processes: number, steps: readonly Step[]): Promise<void> {
    const world = createWorld(redis, clock, { processes, keyPrefix: `run${run++}` });
    for (const take of steps) {
      take(world, clock);
      await settled();
    }
    while (!world.isIdle()) {
      world.deliver(0);
      await settled();
    }
    await redis.pipeline([['FLUSHALL']]);
    redis.takeCommands();
    expect(world.faults).toEqual([]);
  }

  it.each([
    [3, 'a purge wins in every process, and nobody gets what is not theirs'],
    [1, 'what one process sets or deletes it never sees undone'],
  ])('in %d processes %s', async processes => {
    const steps = fc.array(step, { minLength: 20, maxLength: 80, size: 'max' });
    await fc.assert(
      fc.asyncProperty(steps, taken => play(processes, taken)),
      { numRuns: 500 },
    );
  });
});
