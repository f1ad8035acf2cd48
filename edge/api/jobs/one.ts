/**
 * GET, DELETE …/jobs/:id and POST …/jobs/:id/retry: one job, seen, cancelled, tried again.
 *
 * Shape   200 job; DELETE 200 where it is cancelled, 202 where it runs and was told to stop; retry 202
 * Errors  404 JOB_UNKNOWN, 409 JOB_ENDED, 409 JOB_NOT_RETRYABLE
 */

import type { Context } from 'hono';
import { parseJobId } from '../../../shared/jobs/job-id.ts';
import type { Jobs } from '../../../shared/jobs/jobs.ts';
import { jobResponse } from './job-response.ts';
import { conflict, unknownJob } from './problems.ts';

export async function get(context: Context, jobs: Jobs): Promise<Response> {
  const job = await jobs.get(idOf(context));
  return job ? jobResponse(job) : unknownJob();
}

export async function cancel(context: Context, jobs: Jobs): Promise<Response> {
  const id = idOf(context);
  if (parseJobId(id) === null) return unknownJob();
  const reply = await jobs.cancel(id);
  switch (reply.kind) {
    case 'absent':
      return unknownJob();
    case 'requested':
      return jobResponse(reply.job, { status: 202 });
    case 'cancelled':
      return jobResponse(reply.job);
    case 'ended':
      // To delete twice is to delete once.
      return reply.job.state === 'cancelled' ? jobResponse(reply.job) : conflict('JOB_ENDED', reply.job);
  }
}

export async function retry(context: Context, jobs: Jobs): Promise<Response> {
  const id = idOf(context);
  if (parseJobId(id) === null) return unknownJob();
  const reply = await jobs.retry(id);
  if (reply.kind === 'absent') return unknownJob();
  return reply.kind === 'queued'
    ? jobResponse(reply.job, { status: 202 })
    : conflict('JOB_NOT_RETRYABLE', reply.job);
}

function idOf(context: Context): string {
  return context.req.param('job') ?? '';
}
