/**
 * Who loads a key, among all processes: one holds the lease, the others wait for its value. A holder that dies is waited for
 * no longer than its lease lives; one that fails gives it back, and the next one loads.
 *
 * A lease saves loads and guarantees nothing: whoever waited in vain loads too, and Redis in trouble grants every lease.
 *
 * Units   durations ms
 * Errors  none
 * Cost    one command to take it, three billed to give it back; while waiting two commands a look, at growing intervals
 */

import type { CreateId } from '../primitives/ids.ts';
import type { Redis } from '../redis/redis.ts';
import { createScript } from '../redis/script.ts';
import type { ValueKeys } from './value-keys.ts';

export interface Leases {
  /** What gives it back, or undefined when another holds it. */
  take(key: string, ttlMs: number): Promise<(() => Promise<void>) | undefined>;
}

export interface LeaseDeps {
  readonly redis: Redis;
  readonly keys: Pick<ValueKeys, 'lease'>;
  readonly createId: CreateId;
}

/** Only its own: after its end somebody else may hold it. */
const GIVE_BACK = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`;

export function createLeases({ redis, keys, createId }: LeaseDeps): Leases {
  const giveBack = createScript(GIVE_BACK);
  return {
    async take(key, ttlMs) {
      const [name, token] = [await keys.lease(key), createId()];
      const release = async () => void (await giveBack.run(redis, [name], [token]).catch(() => {}));
      try {
        const [reply] = await redis.pipeline([['SET', name, token, 'NX', 'PX', Math.ceil(ttlMs)]]);
        return reply === 'OK' ? release : undefined;
      } catch {
        return release;
      }
    },
  };
}

/** 25, 50, 100, 200, 250, 250, … each shortened by chance, so that those who wait do not all ask at once. */
export function* waits(totalMs: number, random: () => number): Generator<number> {
  let [left, next] = [totalMs, 25];
  while (left > 0) {
    const wait = Math.min(left, next * (0.75 + 0.25 * random()));
    yield wait;
    left -= wait;
    next = Math.min(250, next * 2);
  }
}
