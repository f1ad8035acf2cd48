/**
 * The function tend-jobs: once a minute it looks after the rows whose watch is due. Called by a cron entry, it enqueues that
 * entry's job: once for each time it was due, however often it is called.
 *
 * Shape   EventBridge's scheduled event -> what was done; a cron entry -> the job
 * Errors  without the jobs' settings it does not start; a run that fails is followed by the next, a minute later; a cron
 *         entry that could not be enqueued fails, and EventBridge calls again
 */

import { SchedulerClient } from '@aws-sdk/client-scheduler';
import type { Context, ScheduledEvent } from 'aws-lambda';
import { CATALOGUE } from '../../shared/jobs/catalogue.ts';
import { createJobs } from '../../shared/jobs/door/create-jobs.ts';
import { createDispatch } from '../../shared/jobs/door/dispatch.ts';
import { createRescue } from '../../shared/jobs/door/rescue.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { randomId as createId } from '../../shared/primitives/ids.ts';
import { createEventBridgeScheduler } from '../adapters/jobs/event-bridge-scheduler.ts';
import { readJobsAccess } from '../adapters/jobs/jobs-access.ts';
import { openJobs } from '../adapters/jobs/open-jobs.ts';
import { type CronEvent, enqueueCron } from './enqueue-cron.ts';

/** What is kept of a run's time to hand in the result. */
const RESERVE_MS = 5_000;

const access = readJobsAccess(process.env);
const ports = { ...openJobs(access), ...openScheduler(), clock, log: (entry: object) => console.info(entry) };
const jobs = createJobs({ ...ports, createId });
const rescue = createRescue({ ...ports, catalogue: CATALOGUE, dispatch: createDispatch(ports) });

export async function handler(
  event: ScheduledEvent | CronEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<object> {
  if ('cron' in event) return enqueueCron(jobs, event);
  return rescue(clock() + context.getRemainingTimeInMillis() - RESERVE_MS);
}

/** Without it what is due later than a queue can wait is sent in its last quarter of an hour. */
function openScheduler() {
  const { SCHEDULER_ROLE_ARN: roleArn, SCHEDULER_GROUP: groupName } = process.env;
  if (!roleArn || !groupName) return { scheduler: undefined };
  const client = new SchedulerClient();
  return { scheduler: createEventBridgeScheduler({ client, roleArn, groupName, queueUrl: access.queueUrl }) };
}
