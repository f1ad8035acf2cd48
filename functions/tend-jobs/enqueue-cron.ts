/**
 * Enqueues the job of a cron entry for the time it was due.
 *
 * Shape   { cron, at, type, payload } -> { job }
 * Errors  Error when the job is refused: EventBridge tries again; RangeError for what is no type of job
 */

import { isJobType } from '../../shared/jobs/catalogue.ts';
import type { Jobs } from '../../shared/jobs/jobs.ts';

export interface CronEvent {
  /** The entry's name. */
  readonly cron: string;
  /** When it was due, in ISO 8601: the same for every call that stands for the same time. */
  readonly at: string;
  readonly type: string;
  readonly payload: unknown;
}

export async function enqueueCron(
  jobs: Pick<Jobs, 'enqueue'>,
  { cron, at, type, payload }: CronEvent,
): Promise<{ readonly job: string }> {
  if (!isJobType(type)) throw new RangeError(`The cron entry ${cron} names ${type}, which is no type of job`);
  const outcome = await jobs.enqueue(type, payload as never, { idempotencyKey: `cron:${cron}:${at}` });
  if (outcome.kind === 'refused')
    throw new Error(`The cron entry ${cron} was refused: ${outcome.code}: ${outcome.detail}`);
  return { job: outcome.job.id };
}
