/**
 * GET …/jobs?type&state&limit&cursor: jobs, newest first.
 *
 * Shape   200 {jobs, cursor?}
 * Errors  400 JOB_QUERY_INVALID naming the parameter
 */

import type { Context } from 'hono';
import { LIST_QUERY } from '../../../shared/api/jobs.ts';
import type { Jobs, ListOptions } from '../../../shared/jobs/jobs.ts';
import { readQuery } from '../read-body.ts';
import { uncached } from './job-response.ts';
import { invalid } from './problems.ts';

export async function list(context: Context, jobs: Jobs): Promise<Response> {
  const asked = readQuery(context.req.query(), LIST_QUERY());
  if (!asked.ok) return invalid('JOB_QUERY_INVALID', asked.words);
  return uncached(await jobs.list(asked.value as ListOptions));
}
