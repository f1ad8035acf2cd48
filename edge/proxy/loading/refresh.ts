/**
 * Refreshes a stale response behind its clients' backs: a random moment later, so that isolates which hold it alike do not
 * all ask at once, and only if none of the others has refreshed it by then.
 *
 * Units   milliseconds
 * Errors  as load
 * Cost    one Redis trip, and as load
 */

import type { Clock } from '../../../shared/primitives/clock.ts';
import { decide } from '../decide.ts';
import type { Loading } from './load.ts';

export interface RefreshDeps {
  readonly clock: Clock;
  readonly random: () => number;
  load(loading: Loading): Promise<Response>;
}

/** Longer than it takes to ask and to store, so that the first one is done before the last one begins. */
const MOST_JITTER_MS = 250;

/** Undefined when somebody else has done it. */
export async function refresh(loading: Loading, deps: RefreshDeps): Promise<Response | undefined> {
  const { exchange, reading, cache } = loading;
  await new Promise(resolve => setTimeout(resolve, deps.random() * MOST_JITTER_MS));
  const again = await cache.readShared(reading.lookup);
  const decision = decide(exchange, again, deps.clock());
  if (decision.kind === 'hit') return undefined;
  return deps.load('entry' in decision ? { ...loading, reading: again, entry: decision.entry } : loading);
}
