/**
 * The caching proxy, in Varnish's order: receive, key, lookup, then hit, stale, revalidate or fetch, and deliver.
 *
 * Errors  problems for what cannot be served; Redis in trouble is not among them
 * Cost    L1 hit: no round trip within the stated bound, else one to Redis; L2 hit: one to Redis; otherwise the origin's
 * Source  RFC 9111 §4; the handler's path is drawn in ARCHITECTURE.md
 */

import type { Leases } from '../../shared/cache/lease.ts';
import type { CacheReading, Levels } from '../../shared/cache/levels.ts';
import type { Plan } from '../../shared/config/plan.ts';
import type { Codec } from '../../shared/http/compression.ts';
import type { RequestUrl } from '../../shared/http/request-url.ts';
import type { WaitUntil } from '../platform.ts';
import { problemResponse } from '../problem-response.ts';
import { type OnAnswered, tellAnswered } from './answered.ts';
import { createCarryOut, observe } from './carry-out.ts';
import { type Decision, decide } from './decide.ts';
import type { CacheableExchange } from './exchange.ts';
import { finish } from './finish.ts';
import { createEncoder } from './keeping/encode.ts';
import { createKnownSearch, type KnownSearch } from './keeping/known-search.ts';
import { createRecordingRoom, roomBytes } from './keeping/recording-room.ts';
import { createCollapse } from './loading/collapse.ts';
import { createKnownVary } from './loading/known-vary.ts';
import { lookupOf } from './lookup.ts';
import type { FetchOriginDeps } from './origin/fetch-origin.ts';
import { pass } from './pass.ts';
import { answerPreflight, preflightOf } from './preflight.ts';
import { type Received, receive } from './receive.ts';
import type { Stored } from './stored.ts';
import { startTiming, type Timing } from './timing.ts';

export interface ProxyDeps extends FetchOriginDeps {
  readonly plan: Plan;
  readonly cache: Levels<Stored>;
  /** @default its own */
  readonly knownSearch?: KnownSearch;
  /** None: what is stored is never compressed. */
  readonly codecs: readonly Codec[];
  /** Absent: each isolate asks the origin for itself. */
  readonly leases?: Leases | undefined;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** When a stale response may be delivered: is it refreshed behind the client's back, or before? @default 'behind' */
  readonly refresh?: 'behind' | 'before';
  /** @default nobody counts */
  readonly onAnswered?: OnAnswered | undefined;
}

/** The URL is the request's, parsed. */
export type AnswerRequest = (
  request: Request,
  url: RequestUrl,
  waitUntil: WaitUntil,
) => Response | Promise<Response>;

export function createProxy(deps: ProxyDeps): AnswerRequest {
  const { plan, cache, clock, onAnswered } = deps;
  const loadDeps = {
    ...deps,
    limits: plan.limits,
    knownVary: createKnownVary(),
    knownSearch: deps.knownSearch ?? createKnownSearch(),
    encoder: createEncoder(deps.codecs),
    room: createRecordingRoom(roomBytes(plan), clock),
  };
  const loadTogether = createCollapse(loadDeps);
  const carryOut = createCarryOut({ ...loadDeps, loadTogether });

  function answer({ exchange, waitUntil, timing }: Answering): Response | Promise<Response> {
    const goOn = (reading: CacheReading<Stored>) => {
      timing?.lookedUp();
      const keeping = { exchange, reading, cache, waitUntil };
      const now = clock();
      const decision = inTime(decide(exchange, reading, now));
      if (decision.kind !== 'hit' && decision.kind !== 'stale') timing?.asked();
      if (plan.mode === 'observe') return observe(keeping, decision, loadDeps);
      return carryOut(keeping, decision, now);
    };
    const reading = cache.read(lookupOf(exchange, loadDeps.knownSearch.ruleOf(exchange.key)));
    // Memory answers at once, and then nothing is left to wait for.
    return reading instanceof Promise ? reading.then(goOn) : goOn(reading);
  }

  function inTime(decision: Decision): Decision {
    if (decision.kind !== 'stale' || deps.refresh !== 'before') return decision;
    return { kind: 'revalidate', entry: decision.entry, reason: 'stale' };
  }

  function respond(received: Received, waitUntil: WaitUntil, timing: Timing | undefined) {
    if (received.kind === 'refuse') return problemResponse(received.problem);
    const shown = plan.serverTiming ? timing : undefined;
    if (received.kind === 'cacheable')
      return finish(answer({ ...received, waitUntil, timing }), received.exchange, shown);
    timing?.asked();
    const preflight = plan.mode === 'on' ? preflightOf(received.exchange) : undefined;
    const answered = preflight
      ? answerPreflight({ ...received, preflight, waitUntil }, loadDeps)
      : pass({ ...received, waitUntil }, loadDeps);
    return finish(answered, received.exchange, shown);
  }

  return (request, url, waitUntil) => {
    const timing = plan.serverTiming || onAnswered ? startTiming(clock) : undefined;
    const received = receive(request, url, plan);
    const answered = respond(received, waitUntil, timing);
    return tellAnswered(answered, { asking: { request, url, waitUntil }, received, timing }, onAnswered);
  };
}

interface Answering {
  readonly exchange: CacheableExchange;
  readonly waitUntil: WaitUntil;
  readonly timing: Timing | undefined;
}
