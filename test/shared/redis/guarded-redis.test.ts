import { describe, expect, it } from 'vitest';
import { createGuardedRedis } from '../../../shared/redis/guarded-redis.ts';
import { type Redis, RedisError, RedisUnavailable } from '../../../shared/redis/redis.ts';
import { createBreaker } from '../../../shared/resilience/breaker.ts';
import { createTestClock } from '../../fakes/clock.ts';

function guard(answer: Redis['pipeline']) {
  const clock = createTestClock();
  let calls = 0;
  const redis: Redis = {
    pipeline(commands, options) {
      calls++;
      return answer(commands, options);
    },
  };
  const breaker = createBreaker({ clock, random: () => 0 });
  return { clock, breaker, guarded: createGuardedRedis(redis, breaker), calls: () => calls };
}

async function fail(guarded: Redis, times: number): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (let i = 0; i < times; i++) await guarded.pipeline([['PING']]).catch(error => failures.push(error));
  return failures;
}

describe('a guarded Redis', () => {
  it('hands calls and answers through', async () => {
    const { guarded } = guard(async (commands, options) => [JSON.stringify([commands, options])]);
    const signal = AbortSignal.abort();
    expect(await guarded.pipeline([['GET', 'a']], { signal })).toEqual(['[[["GET","a"]],{"signal":{}}]']);
  });

  it('is left alone after five failures, and says so without a call', async () => {
    const { guarded, calls } = guard(() => Promise.reject(new RedisUnavailable('hangs')));
    const failures = await fail(guarded, 7);
    expect(calls()).toBe(5);
    expect(failures.every(error => error instanceof RedisUnavailable)).toBe(true);
    expect(String(failures[6])).toContain('left alone');
  });

  it('is asked again after a while, by one', async () => {
    let isDown = true;
    const { guarded, clock, calls, breaker } = guard(async () => {
      if (isDown) throw new RedisUnavailable('hangs');
      return ['PONG'];
    });
    await fail(guarded, 5);
    clock.advance(5_000);
    isDown = false;
    const both = await Promise.allSettled([guarded.pipeline([['PING']]), guarded.pipeline([['PING']])]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(calls()).toBe(6);
    expect(breaker.state()).toBe('closed');
  });

  it('counts refusals and mistakes as answers: Redis is there', async () => {
    for (const error of [new RedisError('OOM'), new TypeError('a wrong argument')]) {
      const { guarded, breaker } = guard(() => Promise.reject(error));
      expect(await fail(guarded, 10)).toEqual(Array(10).fill(error));
      expect(breaker.state()).toBe('closed');
    }
  });

  it('learns nothing from a call that its caller ended', async () => {
    const { guarded, breaker, clock } = guard(() => Promise.reject(new RedisUnavailable('no answer')));
    const ended = { signal: AbortSignal.abort() };
    for (let i = 0; i < 10; i++) await guarded.pipeline([['PING']], ended).catch(() => undefined);
    expect(breaker.state()).toBe('closed');
    await fail(guarded, 5);
    clock.advance(5_000);
    await guarded.pipeline([['PING']], ended).catch(() => undefined);
    expect(breaker.state()).toBe('half-open');
  });
});
