import { beforeEach, describe, expect, it, test } from 'vitest';
import { PURGE_TAGS } from '../../../shared/cache/purge-tags.lua.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createEngineRedis, type EngineRedis } from '../../fakes/engine-redis.ts';

let redis: EngineRedis;
beforeEach(async () => {
  redis = await createEngineRedis(createTestClock());
});

async function purge(token: string, words: string, mostBytes = 2_048): Promise<unknown> {
  const keys = ['t:a', 't:b', 'mark', 'purges'];
  const [count] = await redis.pipeline([['EVAL', PURGE_TAGS, 4, ...keys, token, 1_000, words, mostBytes]]);
  return count;
}

async function textOf(key: string): Promise<string> {
  const [value] = await redis.pipeline([['GET', key]]);
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : '';
}

test('tokens get one new value and a time to live, the mark the value alone', async () => {
  expect(await purge('new', 'x y')).toBe(4);
  const lives = await redis.pipeline(['t:a', 't:b', 'mark', 'purges'].map(key => ['PTTL', key]));
  expect(await Promise.all(['t:a', 't:b', 'mark'].map(textOf))).toEqual(['new', 'new', 'new']);
  expect(lives).toEqual([1_000, 1_000, -1, 1_000]);
});

describe('the list of recent purges', () => {
  it('has the newest first', async () => {
    await purge('one', 'x');
    await purge('two', 'y z');
    expect(await textOf('purges')).toBe('two y z\none x\n');
  });

  it('is cut at whole lines', async () => {
    for (const token of ['one', 'two', 'three']) await purge(token, 'x', 15);
    expect(await textOf('purges')).toBe('three x\ntwo x\n');
    await purge('four', 'a line that is too long', 15);
    expect(await textOf('purges')).toBe('');
  });

  it.each([
    ['somebody left another mark', () => redis.pipeline([['SET', 'mark', 'other']])],
    ['the mark was lost', () => redis.pipeline([['DEL', 'mark']])],
    ['the list was lost', () => redis.pipeline([['DEL', 'purges']])],
    [
      'something else has its name',
      () =>
        redis.pipeline([
          ['DEL', 'purges'],
          ['RPUSH', 'purges', 'a'],
        ]),
    ],
  ])('begins anew where %s', async (_, disturb) => {
    await purge('one', 'x');
    await disturb();
    await purge('two', 'y');
    expect(await textOf('purges')).toBe('two y\n');
  });
});
