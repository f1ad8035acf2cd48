/**
 * Loads once for all isolates: who holds the key's lease in Redis asks the origin, the others look for his answer in Redis,
 * at growing intervals, and ask for themselves when it does not come: for half of the time that the origin may take.
 *
 * A lease that comes back without an answer says that there is none to keep: then nobody waits for anybody.
 *
 * Errors  as load; Redis in trouble is as if there were no lease
 * Cost    two commands before the origin is asked, as many for each look
 */

import { type Leases, waits } from '../../../shared/cache/lease.ts';
import type { Clock } from '../../../shared/primitives/clock.ts';
import { decide } from '../decide.ts';
import { deliverStored } from '../delivering/deliver.ts';
import { timeoutOf } from '../exchange.ts';
import type { Loading } from './load.ts';

export type LoadAlone = (loading: Loading, key: string) => Promise<Response>;

export interface LeasedLoadDeps {
  readonly leases: Leases;
  readonly random: () => number;
  readonly clock: Clock;
}

/** Time for a body besides the time for its beginning; a holder who needs more is waited for by nobody. */
const BODY_MS = 5_000;

export function createLeasedLoad(load: LoadAlone, deps: LeasedLoadDeps): LoadAlone {
  const { leases, random, clock } = deps;

  return async (loading, key) => {
    if (!isRedisThere(loading)) return load(loading, key);
    const timeoutMs = timeoutOf(loading.exchange);
    const take = () => leases.take(`page ${key}`, timeoutMs + BODY_MS);
    for (const waitMs of [0, ...waits(timeoutMs / 2, random)]) {
      if (waitMs > 0) await new Promise(resolve => setTimeout(resolve, waitMs));
      const giveBack = await take();
      // Also who has the lease at once: the last holder may have stored his answer since this request looked for it.
      const stored = await lookAgain(loading, clock);
      if (giveBack && !stored && waitMs === 0) return hold(loading, key, giveBack);
      if (giveBack) loading.waitUntil(giveBack());
      if (stored) return stored;
      if (giveBack) break;
    }
    return load(loading, key);
  };

  /** Given back when Redis has the answer, or when it is known that it will not. */
  async function hold(loading: Loading, key: string, giveBack: () => Promise<void>): Promise<Response> {
    const keeping: Promise<unknown>[] = [];
    const waitUntil: Loading['waitUntil'] = work => {
      keeping.push(work);
      loading.waitUntil(work);
    };
    try {
      return await load({ ...loading, waitUntil }, key);
    } finally {
      loading.waitUntil(Promise.allSettled(keeping).then(giveBack));
    }
  }
}

/** Who could not be asked for the answer is not asked for a lease either. */
function isRedisThere({ reading: { far, found } }: Loading): boolean {
  return far !== undefined || found?.entry.ticket !== undefined;
}

async function lookAgain(loading: Loading, clock: Clock): Promise<Response | undefined> {
  const { exchange, reading, cache, reason } = loading;
  const decision = decide(exchange, await cache.readShared(reading.lookup), clock());
  if (decision.kind !== 'hit' && decision.kind !== 'stale') return undefined;
  const { entry } = decision;
  // What was stale before he asked is not what he waits for.
  if (decision.kind === 'stale' && reason === 'stale') return undefined;
  loading.onOutcome?.({ kind: 'stored', reusable: true });
  return deliverStored(exchange, entry, { hit: false, forwarded: reason, collapsed: true }, clock());
}
