/**
 * Loads, and tells those who wait what becomes of it: that the answer has begun, then once how it ended for the cache.
 *
 * Shape   -> { response: for the leader's client; over: when all is done, never rejected }
 * Errors  response as load
 */

import type { Stored } from '../stored.ts';
import type { FlightOutcome, Pilot } from './flights.ts';
import type { Loading } from './load.ts';

export interface WatchedLoad {
  readonly response: Promise<Response>;
  readonly over: Promise<void>;
}

export function watchLoad(
  loading: Loading,
  load: (loading: Loading) => Promise<Response>,
  pilot: Pilot,
): WatchedLoad {
  const keeping: Promise<unknown>[] = [];
  const settle = once(pilot.settle);
  const { cache, waitUntil } = loading;
  const watched: Loading = {
    ...loading,
    cache: {
      ...cache,
      write(write) {
        const done = cache.write(write);
        settle({ kind: 'stored', reusable: isReusable(write.value.meta) });
        return done;
      },
    },
    waitUntil(work) {
      keeping.push(work);
      waitUntil(work);
    },
    onOutcome: settle,
  };
  const response = load(watched);
  const over = (async () => {
    const { status } = await response.catch(() => FAULT);
    pilot.begin();
    await Promise.allSettled(keeping);
    settle({ kind: 'unstored', status });
  })();
  return { response, over };
}

const FAULT = { status: 500 };

/** One that came old from another cache says nothing against the next one; one that is never fresh does. */
function isReusable({ freshness }: Stored): boolean {
  const { freshUntil, staleWhileRevalidateUntil, receivedAt, initialAgeSeconds } = freshness;
  return Math.max(freshUntil, staleWhileRevalidateUntil) + initialAgeSeconds * 1000 > receivedAt;
}

function once(settle: Pilot['settle']): Pilot['settle'] {
  let settled = false;
  return (outcome: FlightOutcome) => {
    if (settled) return;
    settled = true;
    settle(outcome);
  };
}
