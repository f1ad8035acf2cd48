/**
 * GET …/queues and POST …/queues/:type/redrive: how the queues stand, and their dead letters brought back.
 *
 * Shape   200 {queues}; {perSecond} -> 202 {type, perSecond, lanes}
 * Errors  400 REDRIVE_INVALID, 404 JOB_TYPE_UNKNOWN, 503 JOB_QUEUE_UNAVAILABLE
 */

import type { Context } from 'hono';
import { REDRIVE_BODY } from '../../../shared/api/jobs.ts';
import { isJobType } from '../../../shared/jobs/catalogue.ts';
import type { Jobs } from '../../../shared/jobs/jobs.ts';
import { readBody } from '../read-body.ts';
import { uncached } from './job-response.ts';
import { invalid, unknownType } from './problems.ts';

export async function queues(_context: Context, jobs: Jobs): Promise<Response> {
  return uncached({ queues: await jobs.queues() });
}

export async function redrive(context: Context, jobs: Jobs): Promise<Response> {
  const type = context.req.param('type') ?? '';
  if (!isJobType(type)) return unknownType();
  const read = readBody(await context.req.text(), REDRIVE_BODY());
  if (!read.ok) return invalid('REDRIVE_INVALID', read.words);
  const { perSecond } = read.value;
  const lanes = await jobs.redrive(type, { perSecond });
  return uncached({ type, perSecond, lanes }, { status: 202 });
}
