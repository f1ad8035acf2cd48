/**
 * The function process-jobs: does the jobs of one type, whichever its queues belong to.
 *
 * Shape   SQS event -> failed messages
 * Errors  without the jobs' settings it does not start; a job that fails is a message that failed, never a failed batch
 */

import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { HAND_BACK_MS } from '../../shared/jobs/watch.ts';
import type { Tasks } from '../../shared/jobs/worker/task.ts';
import { createWorker } from '../../shared/jobs/worker/worker.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { randomId as createId } from '../../shared/primitives/ids.ts';
import { createWarmer } from '../../shared/warm/warm.ts';
import { readJobsAccess } from '../adapters/jobs/jobs-access.ts';
import { openJobs } from '../adapters/jobs/open-jobs.ts';
import { readEvent } from '../adapters/jobs/received.ts';
import { readImagesAccess } from './images-access.ts';
import { openNotifications } from './notifications-access.ts';
import { createAskVariant } from './tasks/ask-variant.ts';
import { createFileProcessingTask } from './tasks/file-processing.ts';
import { createWarmingTask } from './tasks/warming.ts';

const access = readJobsAccess(process.env);
const worker = createWorker({
  ...openJobs(access),
  tasks: registeredTasks(process.env),
  clock,
  random: Math.random,
  createId,
  log: entry => console.info(entry),
});

export async function handler(
  event: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> {
  const stopAt = clock() + context.getRemainingTimeInMillis() - HAND_BACK_MS;
  const failed = await worker.run({ ...readEvent(event, access.queueUrl), stopAt });
  return { batchItemFailures: failed.map(itemIdentifier => ({ itemIdentifier })) };
}

/** Every type of job that something is there to do. A job of any other is dead until its function is registered here. */
function registeredTasks(environment: NodeJS.ProcessEnv): Tasks {
  return { notifications: openNotifications(environment, clock), ...tasksOfEdge(environment) };
}

function tasksOfEdge(environment: NodeJS.ProcessEnv): Tasks {
  if (!environment.EDGE_URL) return {};
  const edgeUrl = new URL(environment.EDGE_URL).origin;
  const { imagesPath, signingKeys } = readImagesAccess(environment);
  const ask = createAskVariant({ fetch, clock }, { edgeUrl, imagesPath, signingKeys });
  return {
    warming: createWarmingTask(createWarmer({ fetch, clock }, { edgeUrl })),
    'file-processing': createFileProcessingTask({ ask, imagesPath }),
  };
}
