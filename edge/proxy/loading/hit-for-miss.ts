/**
 * What was lately asked for and could not be kept for the next one: whoever asks for it now goes straight to the origin
 * instead of waiting for somebody else's answer that would be of no use to him.
 *
 * Cost    memory only, bounded in keys and in bytes; the ones marked longest ago leave first
 */

import type { Clock } from '../../../shared/primitives/clock.ts';
import { createLru, rememberedBytes } from '../../../shared/primitives/lru.ts';

export interface HitForMiss {
  has(key: string): boolean;
  mark(key: string): void;
  /** It was kept after all. */
  unmark(key: string): void;
}

/** Long enough that few wait in vain, short enough that a page which becomes storable is soon asked for together again. */
const MARKED_MS = 30_000;
/** Clients choose the keys, and how long they are. */
const BOUNDS = { maxEntries: 5_000, maxBytes: 2 * 1024 * 1024 };

export function createHitForMiss(clock: Clock): HitForMiss {
  const markedAt = createLru<number>(BOUNDS);
  return {
    has(key) {
      const at = markedAt.peek(key);
      return at !== undefined && clock() - at < MARKED_MS;
    },
    mark: key => markedAt.set(key, clock(), rememberedBytes(key)),
    unmark: markedAt.delete,
  };
}
