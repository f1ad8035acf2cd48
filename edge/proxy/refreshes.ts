/**
 * Background refreshes, one per key at a time in this isolate.
 *
 * A refresh lives as long as the request that began it; should that be cut off, its place is free again after LONGEST_MS.
 *
 * Errors  a refresh that fails is forgotten: the next request for the key begins another
 */

import type { Clock } from '../../shared/primitives/clock.ts';

export interface Refreshes {
  start(key: string, refresh: () => Promise<Response>): Promise<void>;
}

const LONGEST_MS = 30_000;

export function createRefreshes(clock: Clock): Refreshes {
  const running = new Map<string, number>();
  return {
    async start(key, refresh) {
      const startedAt = running.get(key);
      if (startedAt !== undefined && clock() - startedAt < LONGEST_MS) return;
      running.set(key, clock());
      try {
        const response = await refresh();
        await response.body?.cancel();
      } catch {
        // The stale response is still there, and so is the next request.
      } finally {
        running.delete(key);
      }
    },
  };
}
