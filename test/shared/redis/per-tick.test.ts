import { describe, expect, it, vi } from 'vitest';
import { createPerTick } from '../../../shared/redis/per-tick.ts';
import type { Redis, RedisCommand } from '../../../shared/redis/redis.ts';

/** Answers each command with its own name. */
function echo() {
  const pipeline = vi.fn(async (commands: readonly RedisCommand[]) => commands.map(([name]) => name));
  return { pipeline, redis: createPerTick({ pipeline } satisfies Redis) };
}

describe('createPerTick', () => {
  it('sends what is asked in one tick in one trip, in order, and gives each its own replies', async () => {
    const { redis, pipeline } = echo();
    const asked = [
      redis.pipeline([['SET', 'a', 1]]),
      redis.pipeline([]),
      redis.pipeline([
        ['GET', 'a'],
        ['DEL', 'a'],
      ]),
    ];
    expect(await Promise.all(asked)).toEqual([['SET'], [], ['GET', 'DEL']]);
    expect(pipeline.mock.calls).toEqual([
      [
        [
          ['SET', 'a', 1],
          ['GET', 'a'],
          ['DEL', 'a'],
        ],
      ],
    ]);
  });

  it('begins a new trip for the next tick, while the first is still under way', async () => {
    const { redis, pipeline } = echo();
    pipeline.mockReturnValueOnce(new Promise(() => {}));
    redis.pipeline([['GET', 'a']]);
    await Promise.resolve();
    expect(await redis.pipeline([['GET', 'b']])).toEqual(['GET']);
    expect(pipeline).toHaveBeenCalledTimes(2);
  });

  it('fails for all who shared the trip, and for nobody else', async () => {
    const { redis, pipeline } = echo();
    pipeline.mockRejectedValueOnce(new Error('lost'));
    const outcomes = await Promise.allSettled([redis.pipeline([['A']]), redis.pipeline([['B']])]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await redis.pipeline([['C']])).toEqual(['C']);
  });
});
