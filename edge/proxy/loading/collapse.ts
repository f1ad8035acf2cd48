/**
 * Asks the origin once for many who want the same at the same time: the first one leads, the others wait until the cache
 * has the answer and read it there, so each gets only what the rules of storing and sharing would give it anyway.
 *
 * The leader's client gets its bytes as they come. An answer that is not kept sends the others off to ask for themselves,
 * at once, and is remembered for a while, so that nobody waits for the next one. A failure is everyone's failure. A body that
 * takes its time is waited for by most: a few ask for themselves, then twice as many, and whoever has it first has it for all.
 *
 * Errors  as load
 * Cost    one origin request for as many as wait; no Redis trip for who waits
 * Source  RFC 9111 §4; RFC 9211 §2.6
 */

import type { Leases } from '../../../shared/cache/lease.ts';
import { type Decision, decide } from '../decide.ts';
import { deliverStored } from '../delivering/deliver.ts';
import { timeoutOf } from '../exchange.ts';
import { lookupOf } from '../lookup.ts';
import { waitAtMost } from './bounded-wait.ts';
import { flightKey } from './flight-key.ts';
import { createFlights, type Flight, type FlightOutcome, PATIENCE_MS } from './flights.ts';
import { createHitForMiss } from './hit-for-miss.ts';
import { createLeasedLoad, type LoadAlone } from './leased-load.ts';
import { type LoadDeps, type Loading, load, standIn, withoutAnswer } from './load.ts';
import { watchLoad } from './watch-load.ts';

export interface CollapseDeps extends LoadDeps {
  /** Absent: each isolate asks for itself. */
  readonly leases?: Leases | undefined;
  readonly random: () => number;
}

export function createCollapse(deps: CollapseDeps): (loading: Loading) => Promise<Response> {
  const flights = createFlights(deps.clock);
  const hitForMiss = createHitForMiss(deps.clock);
  const here: LoadAlone = loading => load(loading, deps);
  const { leases } = deps;
  const loadAlone = leases ? createLeasedLoad(here, { ...deps, leases }) : here;

  /** Who has waited for what turned out to be another variant looks for its like once more. */
  async function join(loading: Loading, before?: string): Promise<Response> {
    const key = flightKey(loading, deps.knownVary);
    if (key === undefined || key === before) return load(loading, deps);
    const flight = hitForMiss.has(key) ? undefined : flights.find(key);
    if (flight) return land(loading, { key, before, flight, outcome: await arrival(loading, flight) });
    return loading.exchange.method === 'GET' ? lead(loading, key) : load(loading, deps);
  }

  async function lead(loading: Loading, key: string): Promise<Response> {
    const found = recall(loading, deps);
    if (found.decision.kind === 'hit') return shareStored(loading, found.decision, deps);
    const pilot = flights.start(key);
    const { response, over } = watchLoad(loading, watched => loadAlone(watched, key), {
      begin: pilot.begin,
      settle(outcome) {
        pilot.settle(outcome);
        learn(key, outcome);
      },
    });
    // A client that leaves must not take the answer away from the others.
    loading.waitUntil(over);
    return response;
  }

  /** An origin in trouble says nothing about what it will answer next. */
  function learn(key: string, outcome: FlightOutcome): void {
    if (outcome.kind === 'stored' && outcome.reusable) hitForMiss.unmark(key);
    else if (outcome.kind === 'stored' || (outcome.kind === 'unstored' && outcome.status < 500))
      hitForMiss.mark(key);
  }

  /** For himself, and for those who wait on should he be the first to have it. */
  function overtake(loading: Loading, key: string, flight: Flight): Promise<Response> {
    const { response, over } = watchLoad(loading, watched => loadAlone(watched, key), {
      begin() {},
      settle(outcome) {
        if (outcome.kind === 'stored') flight.overtake(outcome);
      },
    });
    loading.waitUntil(over);
    return response;
  }

  async function land(loading: Loading, { key, before, flight, outcome }: Landing): Promise<Response> {
    if (!outcome) return overtake(loading, key, flight);
    if (outcome.kind === 'failure') return withoutAnswer(loading, outcome, deps);
    if (outcome.kind === 'stood-in') return standIn(loading, outcome.status, deps) ?? load(loading, deps);
    if (outcome.kind !== 'stored') return load(loading, deps);
    const { decision, reading, isThere } = recall(loading, deps);
    if (decision.kind === 'hit' || decision.kind === 'stale') return shareStored(loading, decision, deps);
    if (reading.lookup.base !== loading.reading.lookup.base) return load(loading, deps);
    const again = { ...loading, reading, ...(decision.kind === 'revalidate' && { entry: decision.entry }) };
    return before === undefined ? join(again, isThere ? key : NO_KEY) : load(again, deps);
  }

  return loading => join(loading);
}

/** Its leader could not ask Redis what had been purged, and others could: one of those leads anew for all of them. */
const NO_KEY = '';

interface Landing {
  readonly key: string;
  /** The key that was waited for before this one. */
  readonly before: string | undefined;
  readonly flight: Flight;
  /** Absent: the wait was too long. */
  readonly outcome: FlightOutcome | undefined;
}

/** By a time of the waiter's own: the leader may have been cut off. */
async function arrival({ exchange }: Loading, flight: Flight): Promise<FlightOutcome | undefined> {
  await waitAtMost(flight.begun, timeoutOf(exchange));
  for (;;) {
    const outcome = await waitAtMost(flight.settled, PATIENCE_MS);
    if (outcome || flight.mayLeave()) return outcome;
  }
}

/** What is in memory by now, and what that means to this request: name, variant, credentials, all looked at anew. */
function recall({ exchange, reading, cache }: Loading, { clock, knownSearch }: LoadDeps) {
  const lookup = lookupOf(exchange, knownSearch.ruleOf(exchange.key));
  const recalled = cache.recall({ ...reading, lookup });
  const decision = decide(exchange, recalled, clock());
  const isThere = recalled.found !== undefined;
  return { decision, isThere, reading: { ...recalled, found: recalled.found ?? reading.found } };
}

function shareStored(
  { exchange, reason }: Loading,
  { entry }: Extract<Decision, { level: string }>,
  { clock }: LoadDeps,
): Response {
  return deliverStored(exchange, entry, { hit: false, forwarded: reason, collapsed: true }, clock());
}
