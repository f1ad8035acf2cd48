/**
 * What was lately asked for and could not be kept for the next one: whoever asks for it now goes straight to the origin
 * instead of waiting for somebody else's answer that would be of no use to him.
 *
 * Cost    memory only, bounded in keys; the ones marked longest ago leave first
 */

import type { Clock } from '../../shared/primitives/clock.ts';

export interface HitForMiss {
  has(key: string): boolean;
  mark(key: string): void;
  /** It was kept after all. */
  unmark(key: string): void;
}

/** Long enough that few wait in vain, short enough that a page which becomes storable is soon asked for together again. */
const MARKED_MS = 30_000;
const MOST_KEYS = 5_000;

export function createHitForMiss(clock: Clock): HitForMiss {
  const markedAt = new Map<string, number>();
  return {
    has(key) {
      const at = markedAt.get(key);
      return at !== undefined && clock() - at < MARKED_MS;
    },
    mark(key) {
      markedAt.delete(key);
      markedAt.set(key, clock());
      for (const oldest of markedAt.keys()) {
        if (markedAt.size <= MOST_KEYS) return;
        markedAt.delete(oldest);
      }
    },
    unmark: key => void markedAt.delete(key),
  };
}
