import { describe, expect, it } from 'vitest';
import { RedisError, RedisUnavailable } from '../../../shared/redis/redis.ts';
import { readAnswer } from '../../../shared/redis/upstash-answer.ts';

const answer = (status: number, text: string) => ({ status, bytes: new TextEncoder().encode(text) });

describe('readAnswer', () => {
  it('takes replies that follow each other, and replies in one array', () => {
    expect(readAnswer(answer(200, ':1\r\n:2\r\n'), 2)).toEqual([1, 2]);
    expect(readAnswer(answer(200, '*2\r\n:1\r\n:2\r\n'), 2)).toEqual([1, 2]);
  });

  it("takes a single command's array as its reply", () => {
    expect(readAnswer(answer(200, '*1\r\n:1\r\n'), 1)).toEqual([[1]]);
  });

  it('takes an error among the replies as that reply', () => {
    expect(readAnswer(answer(200, ':1\r\n-WRONGTYPE no\r\n'), 2)).toEqual([
      1,
      new RedisError('WRONGTYPE no'),
    ]);
  });

  it('takes the refusal of a single command in either form', () => {
    expect(readAnswer(answer(400, '-NOSCRIPT no\r\n'), 1)).toEqual([new RedisError('NOSCRIPT no')]);
    expect(readAnswer(answer(400, '{"error":"NOSCRIPT no"}'), 1)).toEqual([new RedisError('NOSCRIPT no')]);
  });

  it.each([
    [200, ':1\r\n', 2],
    [200, '*3\r\n:1\r\n:2\r\n:3\r\n', 2],
    [200, '', 1],
    [400, '{"error":"ERR failed to parse pipeline request"}', 2],
    [400, '{"error":1}', 1],
    [400, 'null', 1],
    [400, '+OK\r\n', 1],
    [401, '{"error":"WRONGPASS"}', 1],
    [429, '-ERR max requests\r\n', 1],
    [500, ':1\r\n', 1],
    [302, '', 1],
  ])('finds no replies in %i %j', (status, text, commands) => {
    expect(() => readAnswer(answer(status, text), commands)).toThrow(RedisUnavailable);
  });

  it('names the status and quotes no body', () => {
    expect(() => readAnswer(answer(503, 'secret'), 1)).toThrow(/^Redis answered HTTP 503 without replies$/);
  });
});
