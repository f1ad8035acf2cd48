/**
 * Every way in which the routes of the jobs say no.
 *
 * Shape   what went wrong -> a problem with its stable code, as a response
 * Source  RFC 9457; RFC 9110 §10.2.3 (Retry-After)
 */

import { JOB_TYPES } from '../../../shared/jobs/catalogue.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import { QueueUnavailable } from '../../../shared/jobs/job-queue.ts';
import type { RefusalCode, Refused } from '../../../shared/jobs/jobs.ts';
import { RedisError, RedisUnavailable } from '../../../shared/redis/redis.ts';
import { problemResponse } from '../../problem-response.ts';

const RETRY_AFTER = { 'retry-after': '5' };

const STATUS_OF: Readonly<Record<RefusalCode, number>> = {
  JOB_PAYLOAD_INVALID: 400,
  JOB_OPTIONS_INVALID: 400,
  JOB_PAYLOAD_TOO_LARGE: 413,
  JOB_KEY_REUSED: 422,
  JOB_STORE_UNAVAILABLE: 503,
};

export function refused({ code, detail, issues }: Refused): Response {
  const status = STATUS_OF[code];
  const title = status === 503 ? 'The job was not accepted' : 'The job is refused';
  const described = { status, code, title, detail, ...(issues && { members: { issues } }) };
  return problemResponse(described, status === 503 ? RETRY_AFTER : {});
}

export function invalid(code: string, words: string): Response {
  return problemResponse({ status: 400, code, title: 'The request cannot be understood', detail: words });
}

export function keyInvalid(): Response {
  return invalid('JOB_KEY_INVALID', 'Idempotency-Key must be 1 to 255 visible ASCII characters.');
}

export function tooLarge(mostBytes: number): Response {
  const detail = `The body is longer than ${mostBytes} bytes.`;
  return problemResponse({ status: 413, code: 'JOB_PAYLOAD_TOO_LARGE', title: 'The job is refused', detail });
}

export function unknownJob(): Response {
  const detail = 'It never was, or its row is gone: rows are kept for 30 days after the end of a job.';
  return problemResponse({ status: 404, code: 'JOB_UNKNOWN', title: 'No job has this id', detail });
}

export function unknownType(): Response {
  const detail = `The types are ${JOB_TYPES.join(', ')}.`;
  return problemResponse({
    status: 404,
    code: 'JOB_TYPE_UNKNOWN',
    title: 'There is no such type of job',
    detail,
  });
}

export function conflict(code: 'JOB_ENDED' | 'JOB_NOT_RETRYABLE', { state }: Job): Response {
  const title = code === 'JOB_ENDED' ? 'The job has ended' : 'There is nothing to try again';
  return problemResponse({ status: 409, code, title, detail: `It is ${state}.`, members: { state } });
}

export function absent(detail: string): Response {
  return problemResponse({ status: 503, code: 'JOBS_ABSENT', title: 'This edge has no jobs', detail });
}

/** What stands behind the jobs is in trouble; anything else is a fault of ours, and thrown on. */
export function unavailable(error: unknown): Response {
  // A Redis that refuses its scripts is full, loading, or a replica: of no more use than one that is away.
  if (error instanceof RedisError) console.error(error);
  if (error instanceof RedisUnavailable || error instanceof RedisError)
    return down('JOB_STORE_UNAVAILABLE', 'Redis, which keeps the jobs, gave no answer.');
  if (error instanceof QueueUnavailable) return down('JOB_QUEUE_UNAVAILABLE', 'The queues gave no answer.');
  throw error;
}

function down(code: string, detail: string): Response {
  const title = 'The jobs cannot be reached';
  return problemResponse({ status: 503, code, title, detail }, RETRY_AFTER);
}
