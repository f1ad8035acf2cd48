/**
 * The buckets in Redis: they outlive the function, and all that call one CDN take from the same.
 *
 * Errors  RedisUnavailable; a refusal by Redis is thrown as RedisError
 * Cost    one round trip
 */

import type { Clock } from '../../primitives/clock.ts';
import { type Redis, RedisError, type RedisReply } from '../../redis/redis.ts';
import { createScript } from '../../redis/script.ts';
import type { Draw, Pacer } from './pacer.ts';
import { TAKE_TOKENS } from './take-tokens.lua.ts';

export interface RedisPacerDeps {
  readonly redis: Redis;
  readonly clock: Clock;
  /** @default 'cdn:pace' */
  readonly prefix?: string;
}

export function createRedisPacer({ redis, clock, prefix = 'cdn:pace' }: RedisPacerDeps) {
  const script = createScript(TAKE_TOKENS);
  // In braces, so that a cluster keeps what a script needs together.
  const keyOf = (account: string, name: string) => `${prefix}:{${account}}:${name}`;
  return {
    async take(account, draws) {
      const keys = [PAUSED, ...draws.map(({ bucket }) => bucket)].map(name => keyOf(account, name));
      const ms = Number(textOf(await script.run(redis, keys, [clock(), ...draws.flatMap(timesOf)])));
      return ms > 0 ? { kind: 'wait', ms } : { kind: 'go' };
    },
    async pause(account, ms) {
      if (ms <= 0) return;
      const until = clock() + ms;
      const [reply = null] = await redis.pipeline([
        ['SET', keyOf(account, PAUSED), until, 'PX', Math.ceil(ms)],
      ]);
      textOf(reply);
    },
  } satisfies Pacer;
}

const PAUSED = 'paused';

function timesOf({ tokens, capacity, perSecond }: Draw): readonly number[] {
  const msPerToken = 1_000 / perSecond;
  return [tokens * msPerToken, capacity * msPerToken];
}

function textOf(reply: RedisReply): string {
  if (reply instanceof RedisError) throw reply;
  return reply instanceof Uint8Array ? new TextDecoder().decode(reply) : String(reply);
}
