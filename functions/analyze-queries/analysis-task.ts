/**
 * Does jobs of the type `analysis`: one night's analysis, told of while it goes on.
 *
 * Shape   { database? } -> NightSummary
 * Errors  PermanentError when nothing says which database; CollectFailed when it cannot be read: the job is tried again
 */

import { PermanentError } from '../../shared/jobs/permanent-error.ts';
import type { Task } from '../../shared/jobs/worker/task.ts';
import type { AnalyzeNight } from './night.ts';

/** At most so long for one job: its own signal comes later. */
const TIME_MS = 570_000;

export function createAnalysisTask(analyzeNight: AnalyzeNight | undefined): Task<'analysis'> {
  return async ({ database }, { clock, progress }) => {
    if (!analyzeNight)
      throw new PermanentError('DATABASE_ABSENT', 'DATABASE_URL is not set: nothing says which database');
    const endsAt = clock() + TIME_MS;
    return analyzeNight({
      database,
      endsAt,
      onProgress: (ratio, words) => progress(Math.floor(ratio * 100), words),
    });
  };
}
