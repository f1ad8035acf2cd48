/**
 * Everything between a cache and its Redis as letters that a test delivers one by one, in any order; and what such tests
 * need beside it: moments in an order, and nothing that answers at its own time.
 */

import { createHash } from 'node:crypto';
import { vi } from 'vitest';
import type { Redis } from '../../../shared/redis/redis.ts';
import { withChaos } from '../../fakes/chaos.ts';
import type { TestClock } from '../../fakes/clock.ts';

/** A place in the order of all that happens, and the time of it. */
export interface Moment {
  readonly order: number;
  readonly ms: number;
}

export function createMoments(clock: TestClock): () => Moment {
  let order = 0;
  return () => ({ order: ++order, ms: clock() });
}

export function createTraffic(redis: Redis) {
  const onTheWay: (() => void)[] = [];
  const gate = () => new Promise<void>(resolve => onTheWay.push(resolve));
  return {
    /** Waits until it is delivered. */
    gate,
    /** Redis whose every request and answer waits. */
    slow: withChaos<Redis>({ pipeline: redis.pipeline }, { before: gate, after: gate }),
    deliver(index: number): void {
      const [go] = onTheWay.splice(index % Math.max(1, onTheWay.length), 1);
      go?.();
    },
    isIdle: () => onTheWay.length === 0,
    /** Redis loses what it may lose: anything with a time to live. */
    async evict(pattern: string, index: number): Promise<void> {
      const [names] = await redis.pipeline([['KEYS', pattern]]);
      const found = Array.isArray(names) ? names : [];
      const name = found[index % Math.max(1, found.length)];
      if (name instanceof Uint8Array) await redis.pipeline([['DEL', name]]);
    },
  };
}

/** Everything that can go on without another step has. */
export function settled(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

/** WebCrypto answers from other threads, at its own time; so that a run depends on nothing but its seed, it answers here. */
export function hashAtOnce(): void {
  vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (algorithm, data) => {
    const name = String(algorithm).replace('-', '').toLowerCase();
    const digest = createHash(name)
      .update(new Uint8Array(data as ArrayBuffer))
      .digest();
    return Uint8Array.from(digest).buffer;
  });
}
