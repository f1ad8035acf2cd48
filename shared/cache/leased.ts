/**
 * One load across processes: the holder of the lease loads, the others serve what is old, or wait for his value, or load
 * after all when they have waited long enough.
 *
 * Units   durations ms
 * Errors  what the load throws
 * Cost    as lease.ts; each look is one command
 */

import type { ApplicationListener } from './application-events.ts';
import type { LeaseOptions } from './cache-api.ts';
import { type Leases, waits } from './lease.ts';
import type { Sight } from './sight.ts';

export interface LeasedDeps {
  readonly leases: Leases;
  readonly random: () => number;
  readonly onEvent: ApplicationListener;
}

export interface LeasedWork<Value> {
  readonly key: string;
  readonly lease: LeaseOptions;
  /** How long the holder may take. */
  readonly holdMs: number;
  /** Past memory: it does not know what another process has just written. */
  look(): Promise<Sight>;
  /** What may be given out instead of loading; to the holder only what is fresh. */
  serve(sight: Sight, isHolder: boolean): { readonly value: Value } | undefined;
  load(sight: Sight, isHolder: boolean): Promise<Value>;
}

export const LEASE_WAIT_MS = 5_000;

export function createLeased({ leases, random, onEvent }: LeasedDeps) {
  async function hold<Value>(work: LeasedWork<Value>, release: () => Promise<void>): Promise<Value> {
    try {
      const sight = await work.look();
      const served = work.serve(sight, true);
      if (served) return served.value;
      onEvent({ kind: 'lease', key: work.key, outcome: 'won' });
      return await work.load(sight, true);
    } finally {
      await release();
    }
  }

  return async <Value>(work: LeasedWork<Value>): Promise<Value> => {
    const { key, lease, holdMs } = work;
    for (const waitMs of [0, ...waits(lease.waitMs ?? LEASE_WAIT_MS, random)]) {
      if (waitMs > 0) await new Promise(resolve => setTimeout(resolve, waitMs));
      const release = await leases.take(key, lease.ttlMs ?? holdMs);
      if (release) return hold(work, release);
      const served = work.serve(await work.look(), false);
      if (!served) continue;
      onEvent({ kind: 'lease', key, outcome: 'waited' });
      return served.value;
    }
    onEvent({ kind: 'lease', key, outcome: 'gave-up' });
    return work.load(await work.look(), false);
  };
}
