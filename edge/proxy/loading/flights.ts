/**
 * Origin requests under way in this isolate, by what they ask for, and what became of each: plain words that any request
 * may wait for. Bodies and responses stay with the request that made them, where workerd keeps them anyway.
 *
 * Shape   key -> Flight: begun (its answer is coming), settled (FlightOutcome)
 * Errors  none; a flight whose request was cut off never settles, so whoever waits for it sets a limit
 * Cost    memory only; a flight is forgotten when it settles, or after LONGEST_MS
 */

import type { Clock } from '../../../shared/primitives/clock.ts';
import type { OriginFailure } from '../origin/fetch-origin.ts';

export type FlightOutcome =
  /** The cache has it; `reusable` unless everyone has to ask the origin all the same. */
  | { readonly kind: 'stored'; readonly reusable: boolean }
  | { readonly kind: 'unstored'; readonly status: number }
  /** A stale response stood in for the origin's error. */
  | { readonly kind: 'stood-in'; readonly status: number }
  | OriginFailure;

export interface Flight {
  readonly begun: Promise<void>;
  readonly settled: Promise<FlightOutcome>;
  /**
   * Whether one who is tired of waiting may ask for himself. One may at first, two after another PATIENCE_MS, then four: who
   * waits for a slow body must not become a crowd at the origin that is slow already.
   */
  mayLeave(): boolean;
  /** Somebody who left has the answer in the cache before the first one. */
  overtake(outcome: FlightOutcome): void;
}

/** For who makes the request. */
export interface Pilot {
  begin(): void;
  settle(outcome: FlightOutcome): void;
}

export interface Flights {
  find(key: string): Flight | undefined;
  start(key: string): Pilot;
}

const LONGEST_MS = 60_000;

/** A large or slow body is not waited for to its end by all: who asks for himself has its beginning sooner. */
export const PATIENCE_MS = 2_000;

interface Tracked extends Flight {
  readonly startedAt: number;
}

export function createFlights(clock: Clock): Flights {
  /** In the order they started. */
  const flights = new Map<string, Tracked>();

  const isLost = ({ startedAt }: Tracked) => clock() - startedAt > LONGEST_MS;

  function forgetLost(): void {
    for (const [key, flight] of flights) {
      if (!isLost(flight)) return;
      flights.delete(key);
    }
  }

  return {
    find(key) {
      const flight = flights.get(key);
      return flight && !isLost(flight) ? flight : undefined;
    },
    start(key) {
      forgetLost();
      const begun = Promise.withResolvers<void>();
      const settled = Promise.withResolvers<FlightOutcome>();
      const flight: Tracked = {
        begun: begun.promise,
        settled: settled.promise,
        mayLeave: createExit(clock),
        overtake: settled.resolve,
        startedAt: clock(),
      };
      flights.delete(key);
      flights.set(key, flight);
      return {
        begin: begun.resolve,
        settle(outcome) {
          if (flights.get(key) === flight) flights.delete(key);
          begun.resolve();
          settled.resolve(outcome);
        },
      };
    },
  };
}

function createExit(clock: Clock): () => boolean {
  let opensAt = clock();
  let width = 1;
  let left = 1;
  return () => {
    if (left === 0 && clock() >= opensAt) {
      width *= 2;
      left = width;
    }
    if (left === 0) return false;
    opensAt = clock() + PATIENCE_MS;
    left -= 1;
    return true;
  };
}
