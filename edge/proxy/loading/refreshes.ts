/**
 * Background refreshes, one per key at a time in this isolate.
 *
 * A refresh lives as long as the request that began it; should that be cut off, its place is free again after LONGEST_MS.
 *
 * Errors  a refresh that fails is forgotten: the next request for the key begins another
 */

import type { Clock } from '../../../shared/primitives/clock.ts';
import type { WaitUntil } from '../../platform.ts';

export interface Refreshes {
  /** Resolves when the refresh is over, what it keeps included. */
  start(key: string, refresh: (waitUntil: WaitUntil) => Promise<Response | undefined>): Promise<void>;
}

const LONGEST_MS = 30_000;

export function createRefreshes(clock: Clock): Refreshes {
  const running = new Map<string, number>();
  return {
    async start(key, refresh) {
      const startedAt = running.get(key);
      if (startedAt !== undefined && clock() - startedAt < LONGEST_MS) return;
      running.set(key, clock());
      const keeping: Promise<unknown>[] = [];
      try {
        const response = await refresh(work => void keeping.push(work));
        await response?.body?.cancel();
        await Promise.all(keeping);
      } catch {
        // The stale response is still there, and so is the next request.
      } finally {
        running.delete(key);
      }
    },
  };
}
