/**
 * Where a person's override of a target stands, and what was last seen of it: the edge writes the one and reads the other, the
 * function apply-scaling does the reverse.
 *
 * An override ends with the key that holds it. No stack owns the key: a deployment neither removes nor resets it. Where Redis
 * loses it, the target is left to its rules.
 *
 * Shape   headrace:1:scaling:<target>:override  text, expires; headrace:1:scaling:<target>:seen  text
 * Errors  RedisUnavailable; RedisError where Redis refuses a command
 * Cost    one trip each, of one command, or two for each target
 */

import type { Clock } from '../primitives/clock.ts';
import type { Redis } from '../redis/redis.ts';
import { askRedis, textsOf } from '../redis/replies.ts';
import { type Bounds, formatOverride, isInForce, parseOverride, type ScalingOverride } from './override.ts';

export interface ScalingActivity {
  readonly at: number;
  readonly status: string;
  /** What was done, and what for, in AWS's words. */
  readonly says: string;
}

/** As Application Auto Scaling told it. */
export interface SeenTarget {
  readonly at: number;
  readonly min: number;
  readonly max: number;
  readonly isSuspended: boolean;
  /** The bounds that an override took the place of, while there is one. */
  readonly before?: Bounds | undefined;
  /** The latest first. */
  readonly activities: readonly ScalingActivity[];
}

export interface KnownTarget {
  readonly override: ScalingOverride | undefined;
  readonly seen: SeenTarget | undefined;
}

export interface ScalingStore {
  read(targets: readonly string[]): Promise<ReadonlyMap<string, KnownTarget>>;
  override(target: string, override: ScalingOverride): Promise<void>;
  /** Whether there was one. */
  end(target: string): Promise<boolean>;
  see(target: string, seen: SeenTarget): Promise<void>;
}

/** Of a target that nobody looks after any more. */
const SEEN_FOR_MS = 7 * 86_400_000;

export function createRedisScalingStore(redis: Redis, clock: Clock): ScalingStore {
  return {
    async read(targets) {
      if (targets.length === 0) return new Map();
      const [reply = null] = await askRedis(redis, [
        ['MGET', ...targets.flatMap(name => [overrideKey(name), seenKey(name)])],
      ]);
      const texts = textsOf(reply);
      return new Map(
        targets.map((name, at) => [name, knownOf([texts[2 * at] ?? '', texts[2 * at + 1] ?? ''], clock())]),
      );
    },
    async override(target, override) {
      await askRedis(redis, [
        ['SET', overrideKey(target), formatOverride(override), 'PX', Math.max(1, override.until - clock())],
      ]);
    },
    async end(target) {
      const [removed = null] = await askRedis(redis, [['DEL', overrideKey(target)]]);
      return Number(removed) > 0;
    },
    async see(target, seen) {
      await askRedis(redis, [['SET', seenKey(target), JSON.stringify(seen), 'PX', SEEN_FOR_MS]]);
    },
  } satisfies ScalingStore;
}

const overrideKey = (target: string) => `headrace:1:scaling:${target}:override`;
const seenKey = (target: string) => `headrace:1:scaling:${target}:seen`;

/** Clocks differ: what Redis still has may be over all the same. */
function knownOf([override, seen]: readonly [string, string], now: number): KnownTarget {
  const found = parseOverride(override);
  return {
    override: found && isInForce(found, now) ? found : undefined,
    seen: seen === '' ? undefined : (JSON.parse(seen) as SeenTarget),
  };
}
