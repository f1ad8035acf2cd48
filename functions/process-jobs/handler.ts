/**
 * The function process-jobs: does the jobs of one type, whichever its queues belong to.
 *
 * Shape   SQS event -> failed messages
 * Errors  without the jobs' settings it does not start; a job that fails is a message that failed, never a failed batch
 */

import type { Tasks } from '../../shared/jobs/worker/task.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { createWarmer } from '../../shared/warm/warm.ts';
import { readJobsAccess } from '../adapters/jobs/jobs-access.ts';
import { createJobsHandler } from '../adapters/jobs/jobs-handler.ts';
import { readImagesAccess } from './images-access.ts';
import { openNotifications } from './notifications-access.ts';
import { createAskVariant } from './tasks/ask-variant.ts';
import { createFileProcessingTask } from './tasks/file-processing.ts';
import { createWarmingTask } from './tasks/warming.ts';

const access = readJobsAccess(process.env);

export const handler = createJobsHandler(registeredTasks(process.env), access);

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
