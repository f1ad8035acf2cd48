/**
 * The function of the flow: reports, fetched from a source that the test plays, over the same worker, rows and queues as
 * functions/process-jobs.
 */

import type { Context, SQSEvent } from 'aws-lambda';
import { readJobsAccess } from '../../../functions/adapters/jobs/jobs-access.ts';
import { openJobs } from '../../../functions/adapters/jobs/open-jobs.ts';
import { readEvent } from '../../../functions/adapters/jobs/received.ts';
import { PermanentError } from '../../../shared/jobs/permanent-error.ts';
import type { Task } from '../../../shared/jobs/worker/task.ts';
import { createWorker } from '../../../shared/jobs/worker/worker.ts';
import { randomId } from '../../../shared/primitives/ids.ts';

const access = readJobsAccess(process.env);

const reports: Task<'reports'> = async ({ report }, { progress, signal }) => {
  progress(40, 'fetching');
  const response = await fetch(`${process.env.SOURCE_URL}/${report}`, { signal });
  if (response.status === 410) throw new PermanentError('REPORT_GONE', `${report} is gone`);
  return { rows: await response.json() };
};

const worker = createWorker({
  ...openJobs(access),
  tasks: { reports },
  clock: Date.now,
  random: Math.random,
  createId: randomId,
  log: () => {},
});

export async function handler(event: SQSEvent, context: Context) {
  const stopAt = Date.now() + context.getRemainingTimeInMillis() - 10_000;
  const failed = await worker.run({ ...readEvent(event, access.queueUrl), stopAt });
  return { batchItemFailures: failed.map(itemIdentifier => ({ itemIdentifier })) };
}
