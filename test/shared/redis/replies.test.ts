import { describe, expect, it } from 'vitest';
import { type Redis, RedisError, type RedisReply } from '../../../shared/redis/redis.ts';
import { askRedis, expected, textOf, textsOf } from '../../../shared/redis/replies.ts';

const answering = (...replies: readonly RedisReply[]): Redis => ({ pipeline: async () => replies });
const bytes = new Uint8Array([71, 114, 195, 188, 110]);

describe('what Redis answers', () => {
  it('comes back in the order of the commands', async () => {
    expect(await askRedis(answering('OK', 1, null), [['PING']])).toEqual(['OK', 1, null]);
  });

  it('is thrown where it is a refusal, the first of several', async () => {
    const [first, second] = [new RedisError('OOM'), new RedisError('WRONGTYPE')];
    await expect(askRedis(answering('OK', first, second), [['PING']])).rejects.toBe(first);
    expect(() => expected(second)).toThrow(second);
    expect(expected(null)).toBeNull();
  });
});

it.each<[RedisReply, string]>([
  [bytes, 'Grün'],
  ['OK', 'OK'],
  [7, '7'],
  [null, ''],
])('the text of %j is %j', (reply, text) => expect(textOf(reply)).toBe(text));

it('a list is its texts, and what is none has none', () => {
  expect(textsOf([bytes, null, 3])).toEqual(['Grün', '', '3']);
  expect(textsOf(null)).toEqual([]);
});
