import { beforeEach, describe, expect, it } from 'vitest';
import type { ApplicationEvent } from '../../../shared/cache/application-events.ts';
import { createMeteredRedis } from '../../../shared/cache/metered-redis.ts';
import { type Redis, RedisUnavailable } from '../../../shared/redis/redis.ts';
import { createBreaker } from '../../../shared/resilience/breaker.ts';
import { createTestClock } from '../../fakes/clock.ts';

const clock = createTestClock();
let events: ApplicationEvent[];
beforeEach(() => {
  events = [];
});

function meter(redis: Redis, deadlineMs = 10_000): Redis {
  const breaker = createBreaker({ clock, random: () => 0 });
  return createMeteredRedis({ redis, breaker, clock, onEvent: event => events.push(event) }, deadlineMs);
}

describe('every trip is told', () => {
  it('with its commands, what they cost, and how long it took', async () => {
    const redis = meter({
      async pipeline(commands) {
        clock.advance(7);
        return commands.map(() => 'OK');
      },
    });
    expect(
      await redis.pipeline([
        ['GET', 'a'],
        ['EVALSHA', 'x', 0],
      ]),
    ).toEqual(['OK', 'OK']);
    expect(events).toEqual([{ kind: 'trip', commands: 2, billed: 4, tookMs: 7, failed: false }]);
  });

  it('when it fails, but not when the breaker lets none be made', async () => {
    const redis = meter({ pipeline: () => Promise.reject(new RedisUnavailable('down')) });
    for (let i = 0; i < 8; i++)
      await expect(redis.pipeline([['GET', 'a']])).rejects.toThrow(RedisUnavailable);
    expect(events).toHaveLength(5);
    expect(events[0]).toMatchObject({ failed: true });
  });
});

it('a connection that never answers is left after the deadline', async () => {
  const redis = meter({ pipeline: () => new Promise(() => {}) }, 5);
  await expect(redis.pipeline([['GET', 'a']])).rejects.toThrow(/within 5 ms/);
});
