import { expect, test } from 'vitest';
import { PURGE_TAGS } from '../../../shared/cache/purge-tags.lua.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createEngineRedis } from '../../fakes/engine-redis.ts';

test('tokens get one new value and a time to live, the mark the value alone', async () => {
  const redis = await createEngineRedis(createTestClock());
  const [count] = await redis.pipeline([['EVAL', PURGE_TAGS, 3, 't:a', 't:b', 'mark', 'new', 1_000]]);
  expect(count).toBe(3);
  const [values, ...lives] = await redis.pipeline([
    ['MGET', 't:a', 't:b', 'mark'],
    ['PTTL', 't:a'],
    ['PTTL', 't:b'],
    ['PTTL', 'mark'],
  ]);
  const texts = (values as Uint8Array[]).map(value => new TextDecoder().decode(value));
  expect([texts, lives]).toEqual([
    ['new', 'new', 'new'],
    [1_000, 1_000, -1],
  ]);
});
