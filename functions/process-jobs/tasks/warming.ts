/**
 * Does jobs of the type `warming`: fetches paths through the edge, so that the next visitor finds them in its cache.
 *
 * Shape   { paths } -> how many were found, stored and passed by
 * Errors  Error with code WARMING_INCOMPLETE when a path could not be fetched: the job is tried again, and what is stored by
 *         then is found at once
 */

import type { Task } from '../../../shared/jobs/worker/task.ts';
import { summarize } from '../../../shared/warm/outcome.ts';
import type { Warmer } from '../../../shared/warm/warm.ts';

/** At most so long for one job: its own signal comes later. */
const TIME_MS = 55_000;

export function createWarmingTask(warmer: Warmer): Task<'warming'> {
  return async ({ paths }, { clock, signal }) => {
    const begunAt = clock();
    const outcomes = await warmer.warm(paths, begunAt + TIME_MS, signal);
    const summary = summarize(outcomes.values(), clock() - begunAt);
    if (summary.failed + summary.skipped === 0) return summary;
    const [path, outcome] = [...outcomes].find(([, { kind }]) => kind === 'failed') ?? ['', undefined];
    const example = outcome?.kind === 'failed' ? `: ${path}: ${outcome.reason}` : '';
    const sentence = `${summary.failed + summary.skipped} of ${outcomes.size} paths could not be fetched${example}`;
    throw Object.assign(new Error(sentence), { code: 'WARMING_INCOMPLETE' });
  };
}
