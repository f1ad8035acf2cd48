/**
 * Does what was decided: delivers what is stored, has it refreshed behind the client's back, or asks the origin.
 *
 * Shape   Decision -> the client's response
 * Errors  504 CACHE_ONLY_IF_CACHED; else as load and pass
 * Cost    a hit: none; otherwise the origin's
 */

import type { CacheHit } from '../../shared/http/cache-status.ts';
import { problemResponse } from '../problem-response.ts';
import { type Decision, isForPart } from './decide.ts';
import { deliverStored } from './delivering/deliver.ts';
import { type LoadDeps, type Loading, load } from './loading/load.ts';
import { refresh } from './loading/refresh.ts';
import { createRefreshes } from './loading/refreshes.ts';
import { type PassDeps, pass } from './pass.ts';
import { freshnessOf } from './stored.ts';

export interface CarryOutDeps extends LoadDeps, PassDeps {
  /** Loads, together with who asks for the same at the same time. */
  loadTogether(loading: Loading): Promise<Response>;
  /** From 0 to below 1. */
  readonly random: () => number;
}

export type Undecided = Omit<Loading, 'reason'>;

export function createCarryOut(deps: CarryOutDeps) {
  const refreshes = createRefreshes(deps.clock);

  /** Goes on when the client has long been answered: what it keeps counts to the refresh, not to the request. */
  function refreshBehind(stale: Loading & Extract<Decision, { kind: 'stale' }>): Promise<void> {
    const exchange = { ...stale.exchange, isBehind: true };
    return refreshes.start(stale.entry.key, waitUntil =>
      refresh({ ...stale, exchange, waitUntil }, { ...deps, load: deps.loadTogether }),
    );
  }

  return (undecided: Undecided, decision: Decision, now: number): Response | Promise<Response> => {
    const { exchange, waitUntil } = undecided;
    switch (decision.kind) {
      case 'hit':
        return deliverStored(exchange, decision.entry, hit(decision, now), now);
      case 'stale':
        waitUntil(refreshBehind({ ...undecided, ...decision, reason: 'stale' }));
        return deliverStored(exchange, decision.entry, hit(decision, now), now);
      case 'revalidate':
      case 'fetch':
        return deps.loadTogether({ ...undecided, ...decision });
      case 'pass':
        return pass({ exchange, waitUntil, why: decision.why }, deps);
      case 'unavailable':
        return problemResponse(NOT_CACHED, { 'cache-status': 'Headrace; detail=only-if-cached' });
    }
  };
}

/** HEADRACE_MODE=observe: reports what was decided; the client gets the origin's own answer, and the cache learns from it. */
export function observe(
  undecided: Undecided,
  { kind }: Decision,
  deps: LoadDeps & PassDeps,
): Promise<Response> {
  const { exchange, waitUntil } = undecided;
  const why = { forwarded: 'bypass', detail: `observe-${kind}` } as const;
  if (exchange.account) exchange.account.observed = kind;
  if (isForPart(exchange)) return pass({ exchange, waitUntil, why }, deps);
  return load({ ...undecided, reason: why.forwarded, detail: why.detail }, deps);
}

const NOT_CACHED = {
  status: 504,
  code: 'CACHE_ONLY_IF_CACHED',
  title: 'The cache has nothing for this request, and it asked for nothing else',
};

function hit({ entry, level }: Extract<Decision, { level: string }>, now: number): CacheHit {
  const leftMs = freshnessOf(entry, now).freshUntil - now;
  return { hit: true, ttlSeconds: Math.ceil(leftMs / 1000), detail: level };
}
