/**
 * A job's row as Redis gives it, read into the job it stands for.
 *
 * Shape   values in the order of ROW_FIELDS -> Job
 * Errors  TypeError for a row that cannot have been written by us
 */

import type { RedisReply } from '../../redis/redis.ts';
import type { Lane } from '../catalogue.ts';
import { JOB_STATES, type Job, type JobError, type JobState } from '../job.ts';
import { parseJobId } from '../job-id.ts';

/** Everything but the payload, which only the holder needs. */
export const ROW_FIELDS = [
  'id',
  'state',
  'lane',
  'tenant',
  'priority',
  'createdAt',
  'changedAt',
  'revision',
  'attempts',
  'repeats',
  'percent',
  'progressMessage',
  'progressAt',
  'runAt',
  'startedAt',
  'leaseUntil',
  'cancelRequestedAt',
  'nextAttemptAt',
  'endedAt',
  'errorCode',
  'errorMessage',
  'result',
] as const;

type Field = (typeof ROW_FIELDS)[number];
type Row = Readonly<Partial<Record<Field, string>>>;

export function readRow(values: readonly RedisReply[]): Job {
  const row = Object.fromEntries(
    ROW_FIELDS.flatMap((field, at) => {
      const value = textOf(values[at] ?? null);
      return value === undefined ? [] : [[field, value] as const];
    }),
  ) as Row;
  return jobOf(row);
}

export function textOf(reply: RedisReply): string | undefined {
  if (reply instanceof Uint8Array) return new TextDecoder().decode(reply);
  return typeof reply === 'string' || typeof reply === 'number' ? String(reply) : undefined;
}

function jobOf(row: Row): Job {
  const { id = '' } = row;
  const type = parseJobId(id);
  if (type === null) throw new TypeError(`A row names itself ${id}, which is not the id of a job`);
  return {
    id,
    type,
    lane: (row.lane ?? 'normal') as Lane,
    tenant: row.tenant ?? '',
    priority: Number(row.priority),
    createdAt: Number(row.createdAt),
    changedAt: Number(row.changedAt),
    revision: Number(row.revision),
    attempts: Number(row.attempts),
    repeats: Number(row.repeats),
    ...progressOf(row),
    ...standOf(row),
  } as Job;
}

function progressOf({ percent, progressMessage, progressAt }: Row): Pick<Job, 'progress'> {
  if (percent === undefined) return {};
  const message = progressMessage ? { message: progressMessage } : {};
  return { progress: { percent: Number(percent), ...message, at: Number(progressAt) } };
}

/** What only a job in this state has. */
function standOf(row: Row): object {
  const state = stateOf(row);
  switch (state) {
    case 'scheduled':
      return { state, runAt: Number(row.runAt), ...resultOf(row) };
    case 'queued':
      return { state };
    case 'running':
      return {
        state,
        startedAt: Number(row.startedAt),
        leaseUntil: Number(row.leaseUntil),
        ...(row.cancelRequestedAt && { cancelRequestedAt: Number(row.cancelRequestedAt) }),
      };
    case 'failed':
      return { state, nextAttemptAt: Number(row.nextAttemptAt), error: errorOf(row), ...resultOf(row) };
    case 'dead':
      return { state, endedAt: Number(row.endedAt), error: errorOf(row), ...resultOf(row) };
    case 'succeeded':
      return { state, endedAt: Number(row.endedAt), ...resultOf(row) };
    case 'cancelled':
      return { state, endedAt: Number(row.endedAt) };
  }
}

function resultOf({ result }: Row): { readonly result?: unknown } {
  return result === undefined ? {} : { result: JSON.parse(result) };
}

function stateOf({ id, state }: Row): JobState {
  const known = JOB_STATES.find(name => name === state);
  if (known === undefined) throw new TypeError(`The row of ${id} is in no state there is: ${state}`);
  return known;
}

function errorOf({ errorCode, errorMessage }: Row): JobError {
  return { code: errorCode ?? 'JOB_FAILED', message: errorMessage ?? '' };
}
