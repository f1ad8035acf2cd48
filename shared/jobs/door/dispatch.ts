/**
 * Sends a job's message on the way that its time asks for: a queue now, a queue with a delay, or the scheduler. What cannot
 * be sent stays on watch, and is sent by whoever looks next.
 *
 * Shape   rows on watch -> nothing to wait for: each row says itself that it was not sent
 * Units   instants epoch ms
 * Errors  none: the rows are written, so nothing is lost
 * Cost    one SQS request for ten jobs of one lane, and one round trip to Redis for all
 */

import type { Clock } from '../../primitives/clock.ts';
import type { Job } from '../job.ts';
import { type JobQueue, LONGEST_DELAY_MS, type OutgoingMessage } from '../job-queue.ts';
import type { JobScheduler } from '../job-scheduler.ts';
import type { Confirmation, JobStore } from '../job-store.ts';
import { formatMessage } from '../message.ts';
import { watchAt } from '../watch.ts';

export interface DispatchDeps {
  readonly store: Pick<JobStore, 'confirmMany'>;
  readonly queue: Pick<JobQueue, 'sendMany'>;
  /** Without it, what is due later than a queue can wait is left to whoever looks after the rows. */
  readonly scheduler: JobScheduler | undefined;
  readonly clock: Clock;
  readonly log: (entry: object) => void;
}

export interface Waiting {
  readonly job: Job;
  /** The instant its watch has now. */
  readonly watchedAt: number;
}

export type Dispatch = (rows: readonly Waiting[]) => Promise<void>;

export function createDispatch({ store, queue, scheduler, clock, log }: DispatchDeps): Dispatch {
  async function sendLane(rows: readonly Waiting[]): Promise<readonly Confirmation[]> {
    const [first] = rows;
    if (!first) return [];
    const now = clock();
    const { type, lane } = first.job;
    const results = await queue.sendMany(
      { type, lane },
      rows.map(({ job }) => messageOf(job, now)),
    );
    return rows.flatMap((row, at) => {
      const result = results[at];
      if (result?.ok) return confirmed(row, watchAt.sent(dueAtOf(row.job, now)));
      log({ event: 'job-unsent', job: row.job.id, reason: result?.reason ?? 'no answer' });
      return [];
    });
  }

  async function scheduleOne({ job, watchedAt }: Waiting): Promise<readonly Confirmation[]> {
    const at = dueAtOf(job, clock());
    try {
      await scheduler?.schedule({ id: job.id, at, address: job, message: messageOf(job, at) });
      return scheduler ? confirmed({ job, watchedAt }, watchAt.scheduled(at)) : [];
    } catch (error) {
      log({ event: 'job-unscheduled', job: job.id, reason: String(error) });
      return [];
    }
  }

  return async rows => {
    const now = clock();
    const isFar = ({ job }: Waiting) => dueAtOf(job, now) - now > LONGEST_DELAY_MS;
    const lanes = Map.groupBy(
      rows.filter(row => !isFar(row)),
      ({ job }) => `${job.type} ${job.lane}`,
    );
    const confirmations = await Promise.all([
      ...[...lanes.values()].map(sendLane),
      ...rows.filter(isFar).map(scheduleOne),
    ]);
    // Unconfirmed they are sent again, which does no harm.
    await store
      .confirmMany(confirmations.flat())
      .catch(error => log({ event: 'jobs-unconfirmed', reason: String(error) }));
  };
}

function confirmed({ job, watchedAt }: Waiting, to: number): readonly Confirmation[] {
  return [{ id: job.id, from: watchedAt, to }];
}

function dueAtOf(job: Job, now: number): number {
  if (job.state === 'scheduled') return Math.max(now, job.runAt);
  return job.state === 'failed' ? Math.max(now, job.nextAttemptAt) : now;
}

function messageOf(job: Job, now: number): OutgoingMessage {
  const delayMs = dueAtOf(job, now) - now;
  return {
    body: formatMessage({ job: job.id }),
    tenant: job.tenant,
    ...(delayMs > 0 && { delayMs }),
  };
}
