/**
 * What Lambda calls with a batch of messages, for a function that does jobs.
 *
 * Shape   tasks, access -> (SQS event, context) -> failed messages
 * Errors  none: a job that fails is a message that failed, never a failed batch
 */

import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { HAND_BACK_MS } from '../../../shared/jobs/watch.ts';
import type { Tasks } from '../../../shared/jobs/worker/task.ts';
import { createWorker } from '../../../shared/jobs/worker/worker.ts';
import { systemClock as clock } from '../../../shared/primitives/clock.ts';
import { randomId as createId } from '../../../shared/primitives/ids.ts';
import type { JobsAccess } from './jobs-access.ts';
import { openJobs } from './open-jobs.ts';
import { readEvent } from './received.ts';

export function createJobsHandler(tasks: Tasks, access: JobsAccess) {
  const worker = createWorker({
    ...openJobs(access),
    tasks,
    clock,
    random: Math.random,
    createId,
    log: entry => console.info(entry),
  });
  return async (
    event: SQSEvent,
    context: Pick<Context, 'getRemainingTimeInMillis'>,
  ): Promise<SQSBatchResponse> => {
    const stopAt = clock() + context.getRemainingTimeInMillis() - HAND_BACK_MS;
    const failed = await worker.run({ ...readEvent(event, access.queueUrl), stopAt });
    return { batchItemFailures: failed.map(itemIdentifier => ({ itemIdentifier })) };
  };
}
