import { describe, expect, it, vi } from 'vitest';
import { type Redis, RedisError, type RedisReply } from '../../../shared/redis/redis.ts';
import { createScript, isNoScript } from '../../../shared/redis/script.ts';

/** SHA-1 of 'return 1', as redis-server names that script. */
const HASH = 'e0e1f9fabfc9d4800c877a703b823ac0578ff8db';
const FORGOTTEN = new RedisError('NOSCRIPT No matching script. Please use EVAL.');

function fakeRedis(...answers: RedisReply[][]) {
  return { pipeline: vi.fn<Redis['pipeline']>(async () => answers.shift() ?? []) };
}

describe('createScript', () => {
  it('names the script by its hash', async () => {
    expect(await createScript('return 1').command(['k1', 'k2'], ['a', 2])).toEqual([
      'EVALSHA',
      HASH,
      2,
      'k1',
      'k2',
      'a',
      2,
    ]);
    expect(await createScript('return 1', { readOnly: true }).command([], [])).toEqual([
      'EVALSHA_RO',
      HASH,
      0,
    ]);
  });

  it('asks once when Redis knows the script', async () => {
    const redis = fakeRedis([7]);
    expect(await createScript('return 1').run(redis, ['k'], [])).toBe(7);
    expect(redis.pipeline.mock.calls).toEqual([[[['EVALSHA', HASH, 1, 'k']], undefined]]);
  });

  it('teaches the script to a Redis that has forgotten it, and asks again', async () => {
    const redis = fakeRedis([FORGOTTEN], [new Uint8Array(), 7]);
    const options = { signal: new AbortController().signal };
    expect(await createScript('return 1').run(redis, ['k'], ['a'], options)).toBe(7);
    const call = ['EVALSHA', HASH, 1, 'k', 'a'];
    expect(redis.pipeline.mock.calls).toEqual([
      [[call], options],
      [[['SCRIPT', 'LOAD', 'return 1'], call], options],
    ]);
  });

  it("gives a script's own refusal, and why a script could not be taught", async () => {
    const refusal = new RedisError('ERR mine');
    expect(await createScript('return 1').run(fakeRedis([refusal]), [], [])).toBe(refusal);
    expect(await createScript('return 1').run(fakeRedis([FORGOTTEN], [refusal, FORGOTTEN]), [], [])).toBe(
      refusal,
    );
  });
});

it('isNoScript knows the refusal from any other reply', () => {
  expect([FORGOTTEN, new RedisError('ERR no'), 'NOSCRIPT', null].map(isNoScript)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
