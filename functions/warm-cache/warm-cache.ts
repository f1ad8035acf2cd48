/**
 * Warms the edge on schedule, from the list of hot URLs that a person keeps.
 *
 * Shape   scheduled run -> summary
 * Units   ms
 * Errors  those of reading the list; a path that could not be fetched is counted
 */

import type { Clock } from '../../shared/primitives/clock.ts';
import { summarize, type WarmOutcome, type WarmSummary } from '../../shared/warm/outcome.ts';
import { parseHotList } from '../../shared/warm/paths.ts';
import type { Warmer } from '../../shared/warm/warm.ts';

export interface WarmCacheDeps {
  readonly readHotList: () => Promise<string | null>;
  readonly warmer: Warmer;
  readonly clock: Clock;
  readonly log: (entry: object) => void;
}

export interface WarmCache {
  runList(remainingMs: number): Promise<WarmSummary>;
}

/** What is kept of a run's time to hand in the result. */
const RESERVE_MS = 5_000;

export function createWarmCache({ readHotList, warmer, clock, log }: WarmCacheDeps): WarmCache {
  return {
    async runList(remainingMs) {
      const begunAt = clock();
      const text = await readHotList();
      if (text === null) log({ note: 'There is no list of hot URLs: nothing to do' });
      const { paths, refused, cut } = parseHotList(text ?? '');
      const outcomes = await warmer.warm(paths, begunAt + remainingMs - RESERVE_MS);
      const summary = summarize(outcomes.values(), clock() - begunAt);
      log({ ...summary, ...notesOf({ refused, cut }), ...firstFailure(outcomes) });
      return summary;
    },
  };
}

/** One example is enough to act on; a thousand would bury it. */
function firstFailure(outcomes: ReadonlyMap<string, WarmOutcome>): object {
  for (const [path, outcome] of outcomes) {
    if (outcome.kind === 'failed') return { firstFailure: `${path}: ${outcome.reason}` };
  }
  return {};
}

/** Only what happened is worth a word. */
function notesOf(counts: Readonly<Record<string, number>>): object {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
