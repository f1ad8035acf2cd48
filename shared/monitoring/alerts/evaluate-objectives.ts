/**
 * Which promises burn too fast, by what was counted in the last six hours. The window of three days is CloudWatch's and
 * Prometheus's: counts are kept here for a day.
 *
 * Shape   objectives, the last hour by minutes, six hours by ten minutes -> a verdict for each pair of windows
 * Errors  none (total)
 */

import type { Samples } from '../sample.ts';
import { mergeSamples } from '../tally.ts';
import { MINUTE_MS, type Minute, type Verdict } from './evaluate.ts';
import { countIn } from './measured.ts';
import { measureOf } from './measures.ts';
import { BURN_PAIRS, type Burn, burnOf, burnsOf, type Objective } from './objectives.ts';

export interface LongAgo {
  readonly minutes: readonly Minute[];
  /** Each of ten minutes, the oldest first. */
  readonly tens: readonly Samples[];
}

const TEN_MINUTES_MS = 10 * MINUTE_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** How far back `tens` must reach. */
export const TENS_MS = 6 * HOUR_MS;

/** Those whose windows are kept. */
export function liveBurns(): readonly Burn[] {
  return burnsOf(BURN_PAIRS.filter(({ longMs }) => longMs <= DAY_MS));
}

/** In the order of `liveBurns`. */
export function evaluateObjectives(seen: LongAgo): readonly Verdict[] {
  return liveBurns().map(burn => verdictOf(burn, seen));
}

function verdictOf({ id, objective, pair }: Burn, seen: LongAgo): Verdict {
  const [long, short] = [pair.longMs, pair.shortMs].map(windowMs =>
    burnIn(objective, lastOf(windowMs, seen)),
  );
  const isFiring = (long ?? 0) > pair.burn && (short ?? 0) > pair.burn;
  return {
    id,
    state: isFiring ? 'firing' : long === undefined ? 'unmeasured' : 'ok',
    value: long,
    since: undefined,
    isQuiet: false,
  };
}

function lastOf(windowMs: number, { minutes, tens }: LongAgo): readonly Samples[] {
  if (windowMs > HOUR_MS) return tens.slice(-windowMs / TEN_MINUTES_MS);
  return minutes.slice(-windowMs / MINUTE_MS).map(({ samples }) => samples);
}

function burnIn(objective: Objective, all: readonly Samples[]): number | undefined {
  const samples = mergeSamples(all);
  const [bad, whole] = [objective.bad, objective.all].map(name => countIn(samples, measureOf(name)));
  return burnOf(objective, bad ?? 0, whole ?? 0);
}
