/**
 * The caching proxy, in Varnish's order: receive, key, lookup, then hit, stale, revalidate or fetch, and deliver.
 *
 * Errors  problems for what cannot be served; Redis in trouble is not among them
 * Cost    L1 hit: no round trip within the stated bound, else one to Redis; L2 hit: one to Redis; otherwise the origin's
 * Source  RFC 9111 §4; the handler's path is drawn in ARCHITECTURE.md
 */

import type { CacheReading, Levels } from '../../shared/cache/levels.ts';
import type { Plan } from '../../shared/config/plan.ts';
import type { CacheHit } from '../../shared/http/cache-status.ts';
import type { Codec } from '../../shared/http/compression.ts';
import type { RequestUrl } from '../../shared/http/request-url.ts';
import type { WaitUntil } from '../platform.ts';
import { problemResponse } from '../problem-response.ts';
import { createCollapse } from './collapse.ts';
import { type Decision, decide } from './decide.ts';
import { deliverStored } from './deliver.ts';
import { createEncoder } from './encode.ts';
import type { CacheableExchange } from './exchange.ts';
import type { FetchOriginDeps } from './fetch-origin.ts';
import { createKnownVary } from './known-vary.ts';
import { type Loading, load } from './load.ts';
import { lookupOf } from './lookup.ts';
import { pass } from './pass.ts';
import { receive } from './receive.ts';
import { createRecordingRoom } from './recording-room.ts';
import { createRefreshes } from './refreshes.ts';
import { freshnessOf, type Stored } from './stored.ts';

export interface ProxyDeps extends FetchOriginDeps {
  readonly plan: Plan;
  readonly cache: Levels<Stored>;
  /** None: what is stored is never compressed. */
  readonly codecs: readonly Codec[];
}

/** The URL is the request's, parsed. */
export type AnswerRequest = (
  request: Request,
  url: RequestUrl,
  waitUntil: WaitUntil,
) => Response | Promise<Response>;

export function createProxy(deps: ProxyDeps): AnswerRequest {
  const { plan, cache, clock } = deps;
  const loadDeps = {
    ...deps,
    limits: plan.limits,
    knownVary: createKnownVary(),
    encoder: createEncoder(deps.codecs),
    room: createRecordingRoom(plan.levels.l1.maxBytes / 4, clock),
  };
  const loadTogether = createCollapse(loadDeps);
  const refreshes = createRefreshes(clock);

  function answer(exchange: CacheableExchange, waitUntil: WaitUntil): Response | Promise<Response> {
    const goOn = (reading: CacheReading<Stored>) => {
      const keeping = { exchange, reading, cache, waitUntil };
      const now = clock();
      const decision = decide(exchange, reading, now);
      return plan.mode === 'observe' ? observe(keeping, decision) : carryOut(keeping, decision, now);
    };
    const reading = cache.read(lookupOf(exchange));
    // Memory answers at once, and then nothing is left to wait for.
    return reading instanceof Promise ? reading.then(goOn) : goOn(reading);
  }

  function carryOut(
    keeping: Omit<Loading, 'reason'>,
    decision: Decision,
    now: number,
  ): Response | Promise<Response> {
    const { exchange, waitUntil } = keeping;
    switch (decision.kind) {
      case 'hit':
        return deliverStored(exchange, decision.entry, hit(decision, now), now);
      case 'stale':
        waitUntil(
          refreshes.start(decision.entry.key, keepUntil =>
            loadTogether({ ...keeping, ...decision, reason: 'stale', waitUntil: keepUntil }),
          ),
        );
        return deliverStored(exchange, decision.entry, hit(decision, now), now);
      case 'revalidate':
      case 'fetch':
        return loadTogether({ ...keeping, ...decision });
      case 'pass':
        return pass({ exchange, waitUntil, why: decision.why }, loadDeps);
      case 'unavailable':
        return problemResponse(NOT_CACHED, { 'cache-status': 'Headrace; detail=only-if-cached' });
    }
  }

  /** Decides and reports; the client gets the origin's own answer, and the cache learns from it. */
  function observe(keeping: Omit<Loading, 'reason'>, { kind }: Decision): Promise<Response> {
    return load({ ...keeping, reason: 'bypass', detail: `observe-${kind}` }, loadDeps);
  }

  return (request, url, waitUntil) => {
    const received = receive(request, url, plan);
    if (received.kind === 'refuse') return problemResponse(received.problem);
    if (received.kind === 'pass') return pass({ ...received, waitUntil }, loadDeps);
    return answer(received.exchange, waitUntil);
  };
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
