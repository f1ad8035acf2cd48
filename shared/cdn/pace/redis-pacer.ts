/**
 * The buckets in Redis: they outlive the function, and all that call one CDN take from the same.
 *
 * Errors  RedisUnavailable; a refusal by Redis is thrown as RedisError
 * Cost    one round trip
 */

import type { Clock } from '../../primitives/clock.ts';
import type { Redis } from '../../redis/redis.ts';
import { askRedis, expected, textOf } from '../../redis/replies.ts';
import { createScript } from '../../redis/script.ts';
import type { Draw, Pacer } from './pacer.ts';
import { TAKE_TOKENS } from './take-tokens.lua.ts';

export interface RedisPacerDeps {
  readonly redis: Redis;
  readonly clock: Clock;
}

export function createRedisPacer({ redis, clock }: RedisPacerDeps) {
  const script = createScript(TAKE_TOKENS);
  // In braces, so that a cluster keeps what a script needs together.
  const keyOf = (account: string, name: string) => `cdn:pace:{${account}}:${name}`;
  return {
    async take(account, draws) {
      const keys = [PAUSED, ...draws.map(({ bucket }) => bucket)].map(name => keyOf(account, name));
      const reply = await script.run(redis, keys, [clock(), ...draws.flatMap(timesOf)]);
      const ms = Number(textOf(expected(reply)));
      return ms > 0 ? { kind: 'wait', ms } : { kind: 'go' };
    },
    async pause(account, ms) {
      if (ms <= 0) return;
      const until = clock() + ms;
      await askRedis(redis, [['SET', keyOf(account, PAUSED), until, 'PX', Math.ceil(ms)]]);
    },
  } satisfies Pacer;
}

const PAUSED = 'paused';

function timesOf({ tokens, capacity, perSecond }: Draw): readonly number[] {
  const msPerToken = 1_000 / perSecond;
  return [tokens * msPerToken, capacity * msPerToken];
}
