import { describe, expect, it } from 'vitest';
import type { RedisCommand } from '../../../shared/redis/redis.ts';
import { planRequests } from '../../../shared/redis/upstash-request.ts';

const BYTES = Uint8Array.of(0, 255);
const only = (...commands: RedisCommand[]) => {
  const requests = planRequests(commands);
  expect(requests).toHaveLength(1);
  return requests[0];
};

describe('planRequests', () => {
  it('sends neighbours without bytes together, as text', () => {
    expect(only(['SET', 'a', 1], ['get', 'a'])).toEqual({
      path: '/pipeline',
      contentType: 'application/json',
      body: '[["SET","a","1"],["get","a"]]',
      commandCount: 2,
      repeatable: false,
    });
  });

  it('sends a single command alone', () => {
    expect(only(['GET', 'a'])).toMatchObject({ path: '/', body: '["GET","a"]', commandCount: 1 });
  });

  it('writes numbers as Redis reads them, even those that JSON has not', () => {
    expect(only(['SET', 'a', Number.NaN, Number.POSITIVE_INFINITY, 0.1, 2 ** 53])?.body).toBe(
      '["SET","a","NaN","Infinity","0.1","9007199254740992"]',
    );
  });

  it('sends bytes as a body, what stands before them as path, what stands after them as query', () => {
    expect(only(['SET', 'a/b c', BYTES, 'px', 1000, 'NX', 'GET'])).toEqual({
      path: '/SET/a%2Fb%20c?PX=1000&NX&GET',
      contentType: 'application/octet-stream',
      body: BYTES,
      commandCount: 1,
      repeatable: false,
    });
    expect(only(['HSET', 'h', 'f', BYTES])?.path).toBe('/HSET/h/f');
  });

  it('sends empty bytes as text: an empty body would be no argument', () => {
    expect(only(['SET', 'a', new Uint8Array(0), 'NX'])?.body).toBe('["SET","a","","NX"]');
  });

  it('keeps the order around bytes', () => {
    const requests = planRequests([
      ['GET', 'a'],
      ['SET', 'a', BYTES],
      ['GET', 'a'],
      ['GET', 'b'],
      ['SET', 'b', BYTES],
    ]);
    expect(requests.map(({ path, commandCount }) => [path, commandCount])).toEqual([
      ['/', 1],
      ['/SET/a', 1],
      ['/pipeline', 2],
      ['/SET/b', 1],
    ]);
  });

  it('says that a request may be repeated when it only reads', () => {
    expect(only(['GET', 'a'], ['mget', 'a', 'b'], ['EVALSHA_RO', 'x', 0])?.repeatable).toBe(true);
    expect(only(['GET', 'a'], ['INCR', 'a'])?.repeatable).toBe(false);
    expect(only(['EVALSHA', 'x', 0])?.repeatable).toBe(false);
    expect(only(['GETEX', 'a', 'EX', 9])?.repeatable).toBe(false);
  });

  it.each<{ command: RedisCommand }>([
    { command: ['MSET', 'a', BYTES, 'b', BYTES] },
    { command: ['MSET', 'a', BYTES, 'b', 'x'] },
    { command: ['EVALSHA', 'x', 1, 'k', BYTES, 'after'] },
    { command: ['SET', 'a', BYTES, 'PX'] },
    { command: ['SET', 'a', BYTES, 'PX', BYTES] },
    { command: ['SET', '', BYTES] },
    { command: ['SET', '.', BYTES] },
    { command: ['SET', '..', BYTES] },
  ])('refuses what the protocol cannot carry: $command', ({ command }) => {
    expect(() => planRequests([command])).toThrow(TypeError);
  });
});
