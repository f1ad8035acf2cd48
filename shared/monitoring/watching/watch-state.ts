/**
 * What is remembered from one look to the next: totals, what people were told, and what they are about to be told.
 *
 * Shape   prefix:1:alerts  text, with its version beside
 * Errors  RedisUnavailable; RedisError where Redis refuses a command
 * Cost    one trip each: read 1 command, write 3
 */

import type { Redis } from '../../redis/redis.ts';
import { askRedis, expected, textsOf } from '../../redis/replies.ts';
import { createScript } from '../../redis/script.ts';
import type { AlertEvent, Told } from '../alerts/transitions.ts';
import type { Totals } from './observe.ts';
import { WRITE_STATE } from './write-state.lua.ts';

export interface WatchState {
  /** Of whoever wrote it; 0 where nobody has. */
  readonly version: number;
  readonly totals: Totals;
  readonly told: Told;
  /** Decided, and not yet known to be enqueued: it is done again, under the same name. */
  readonly untold: readonly AlertEvent[];
}

export interface WatchStateStore {
  read(): Promise<WatchState>;
  /** False where somebody else has written since: it is his to go on. */
  write(next: Omit<WatchState, 'version'>, after: number): Promise<boolean>;
}

const NOTHING: WatchState = { version: 0, totals: {}, told: {}, untold: [] };

export function createRedisWatchState(redis: Redis, keyPrefix: string): WatchStateStore {
  const key = `${keyPrefix}:1:alerts`;
  const script = createScript(WRITE_STATE);
  return {
    async read() {
      const [reply = null] = await askRedis(redis, [['HMGET', key, 'version', 'state']]);
      const [version, state] = textsOf(reply);
      return state ? { ...NOTHING, ...JSON.parse(state), version: Number(version) } : NOTHING;
    },
    async write({ totals, told, untold }, after) {
      const state = JSON.stringify({ totals, told, untold });
      return expected(await script.run(redis, [key], [after, state])) === 1;
    },
  };
}
