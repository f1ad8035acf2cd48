import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draw } from '../../../../shared/cdn/pace/pacer.ts';
import { createRedisPacer } from '../../../../shared/cdn/pace/redis-pacer.ts';
import { RedisError } from '../../../../shared/redis/redis.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { createEngineRedis } from '../../../fakes/engine-redis.ts';

async function open() {
  const clock = createTestClock();
  const redis = await createEngineRedis(clock);
  return { clock, redis, pacer: createRedisPacer({ redis, clock }) };
}

const draw = (given: Partial<Draw> = {}): Draw => ({
  bucket: 'api',
  tokens: 1,
  capacity: 5,
  perSecond: 2,
  ...given,
});

/** Of five tokens, one each half second, counted in milliseconds: nothing is rounded. */
function filled(clock: () => number) {
  let [level, at] = [5 * 500, clock()];
  return {
    take(tokens: number): boolean {
      level = Math.min(5 * 500, level + clock() - at);
      at = clock();
      const isThere = level >= tokens * 500;
      if (isThere) level -= tokens * 500;
      return isThere;
    },
  };
}

describe('a bucket', () => {
  it('gives what it holds at once, then as fast as it fills', async () => {
    const { pacer, clock } = await open();
    for (let i = 0; i < 5; i++) expect(await pacer.take('a', [draw()])).toEqual({ kind: 'go' });
    expect(await pacer.take('a', [draw()])).toEqual({ kind: 'wait', ms: 500 });
    clock.advance(499);
    expect(await pacer.take('a', [draw()])).toEqual({ kind: 'wait', ms: 1 });
    clock.advance(1);
    expect(await pacer.take('a', [draw()])).toEqual({ kind: 'go' });
    expect(await pacer.take('a', [draw()])).toMatchObject({ kind: 'wait' });
  });

  it('outlives who takes from it: another function finds it as empty', async () => {
    const { pacer, redis, clock } = await open();
    for (let i = 0; i < 5; i++) await pacer.take('a', [draw()]);
    const another = createRedisPacer({ redis, clock });
    expect(await another.take('a', [draw()])).toEqual({ kind: 'wait', ms: 500 });
    expect(await another.take('b', [draw()])).toEqual({ kind: 'go' });
  });

  it('is no emptier than empty where a clock went ahead and comes back', async () => {
    const { pacer, redis, clock } = await open();
    const ahead = createRedisPacer({ redis, clock: () => clock() + 3_600_000 });
    expect(await ahead.take('a', [draw()])).toEqual({ kind: 'go' });
    expect(await pacer.take('a', [draw()])).toEqual({ kind: 'wait', ms: 500 });
  });

  it('loses nothing to a call that another bucket keeps back', async () => {
    const { pacer, clock } = await open();
    const both = [draw({ bucket: 'slow', capacity: 1, perSecond: 0.1 }), draw()];
    await pacer.take('a', both);
    for (let i = 0; i < 10; i++) expect(await pacer.take('a', both)).toEqual({ kind: 'wait', ms: 10_000 });
    for (let i = 0; i < 4; i++) expect(await pacer.take('a', [draw()])).toEqual({ kind: 'go' });
    clock.advance(10_000);
    expect(await pacer.take('a', both)).toEqual({ kind: 'go' });
  });

  it('is closed while the account is paused', async () => {
    const { pacer, clock } = await open();
    await pacer.pause('a', 3_000);
    expect(await pacer.take('a', [])).toEqual({ kind: 'wait', ms: 3_000 });
    clock.advance(3_000);
    expect(await pacer.take('a', [])).toEqual({ kind: 'go' });
  });

  it('leaves nothing behind once it is full again', async () => {
    const { pacer, redis, clock } = await open();
    await pacer.take('a', [draw()]);
    clock.advance(5_000);
    expect(await redis.pipeline([['DBSIZE']])).toEqual([0]);
  });

  it('gives what a bucket gives that is counted by filling it, whoever asks when', async () => {
    const asking = fc.record({ afterMs: fc.nat(1_500), tokens: fc.integer({ min: 1, max: 4 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(asking, { maxLength: 40 }), async asked => {
        const { pacer, clock } = await open();
        const counted = filled(clock);
        for (const { afterMs, tokens } of asked) {
          clock.advance(afterMs);
          const turn = await pacer.take('a', [draw({ tokens })]);
          expect(turn.kind === 'go').toBe(counted.take(tokens));
        }
      }),
      { numRuns: 25, examples: [[[0, 1_487, 8].map(afterMs => ({ afterMs, tokens: 4 }))]] },
    );
  });

  it('is not taken for open when Redis refuses', async () => {
    const refusing = { pipeline: async () => [new RedisError('OOM'), new RedisError('OOM')] };
    const pacer = createRedisPacer({ redis: refusing, clock: createTestClock() });
    await expect(pacer.take('a', [draw()])).rejects.toBeInstanceOf(RedisError);
    await expect(pacer.pause('a', 1)).rejects.toBeInstanceOf(RedisError);
  });
});
