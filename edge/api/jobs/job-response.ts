/** A job as an answer: its row as it is, which holds no payload and no stack. */

import type { JobView } from '../../../shared/api/jobs.ts';
import type { Job } from '../../../shared/jobs/job.ts';

export interface JobResponseOptions {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function jobResponse(job: Job, { status = 200, headers }: JobResponseOptions = {}): Response {
  return uncached(job satisfies JobView, { status, headers: { ...headers } });
}

/** What tells of a moment is kept by nobody. */
export function uncached(body: object, { status = 200, headers }: JobResponseOptions = {}): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}
