/**
 * Drains again and again until its time is over: how changes are purged within a second by what a schedule calls each minute.
 *
 * Postgres could tell by NOTIFY, but a commit with NOTIFY waits for all others that have one, and who listens needs a
 * connection of its own, which a pooler does not give. So it asks: one read an interval, while nothing has changed. Where no
 * table is watched it asks all the same, so that the first change of the first one is seen as soon as any other.
 *
 * Shape   { drain, sleep, clock } -> what the drains did together, and how many failed
 * Units   milliseconds
 * Errors  rejects with the last failure where no drain succeeded; else failures are counted, and the next drain tries again
 */

import type { Clock } from '../primitives/clock.ts';
import { type Drained, NOTHING } from './drain.ts';

export interface WatchDeps {
  readonly drain: () => Promise<Drained>;
  readonly sleep: (ms: number) => Promise<void>;
  readonly clock: Clock;
  readonly log: (entry: object) => void;
}

export interface WatchLimits {
  /** The last look is then, and not before: nobody looks until the next run. */
  readonly until: number;
  /** Between two drains; 0: there is only one. */
  readonly everyMs: number;
}

export interface Watched extends Drained {
  readonly drains: number;
  readonly failures: number;
}

/** After failures the waits double, up to this. */
const LONGEST_WAIT_MS = 10_000;

export async function watchOutbox(deps: WatchDeps, { until, everyMs }: WatchLimits): Promise<Watched> {
  let watched: Watched = { ...NOTHING, drains: 0, failures: 0 };
  let inARow = 0;
  let lastFailure: unknown;
  do {
    const drained = await deps.drain().catch(error => {
      lastFailure = error;
      deps.log({ message: 'The outbox could not be drained', reason: String(error) });
    });
    inARow = drained ? 0 : inARow + 1;
    watched = drained
      ? add(watched, drained)
      : { ...watched, state: 'behind', failures: watched.failures + 1 };
  } while (await goesOn(deps, until, Math.min(everyMs * 2 ** inARow, LONGEST_WAIT_MS)));
  if (watched.drains === 0) throw lastFailure;
  return watched;
}

async function goesOn({ clock, sleep }: WatchDeps, until: number, waitMs: number): Promise<boolean> {
  const leftMs = until - clock();
  if (waitMs === 0 || leftMs <= 0) return false;
  await sleep(Math.min(waitMs, leftMs));
  return true;
}

function add(watched: Watched, { state, lagMs, ...counts }: Drained): Watched {
  return {
    state,
    lagMs: Math.max(watched.lagMs, lagMs),
    changes: watched.changes + counts.changes,
    tags: watched.tags + counts.tags,
    purges: watched.purges + counts.purges,
    refused: watched.refused + counts.refused,
    drains: watched.drains + 1,
    failures: watched.failures,
  };
}
