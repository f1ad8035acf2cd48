/**
 * The scheduler of far-away jobs: one-time schedules of EventBridge Scheduler, each of which sends one message and is gone.
 *
 * Units   a second, rounded up: a message is never early
 * Errors  SchedulerUnavailable, with AWS's own error as its cause
 * Cost    one request; EventBridge tries for a day to reach the queue, and whoever looks after rows sends what it could not
 * Source  EventBridge Scheduler User Guide: one-time schedules, ActionAfterCompletion, universal targets
 */

import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { queueNameOf } from '../../../shared/jobs/catalogue.ts';
import {
  type JobScheduler,
  type ScheduledMessage,
  SchedulerUnavailable,
} from '../../../shared/jobs/job-scheduler.ts';

export interface EventBridgeSchedulerOptions {
  readonly client: Pick<SchedulerClient, 'send'>;
  /** What EventBridge acts as: it may send to the queues of the jobs. */
  readonly roleArn: string;
  readonly groupName: string;
  /** What the URL of every queue begins with. */
  readonly queueUrl: string;
}

/** The API itself is the target: a target made for SQS would have no message group on a standard queue. */
const SEND_MESSAGE = 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage';
const TRY_FOR_SECONDS = 24 * 60 * 60;

export function createEventBridgeScheduler(options: EventBridgeSchedulerOptions) {
  const { client, groupName: GroupName } = options;
  return {
    async schedule(at) {
      try {
        await client.send(new CreateScheduleCommand(inputOf(at, options)));
      } catch (cause) {
        // The same job has one already.
        if (!(cause instanceof ConflictException))
          throw new SchedulerUnavailable(`${at.id} was not scheduled`, { cause });
      }
    },
    async cancel(Name) {
      try {
        await client.send(new DeleteScheduleCommand({ Name, GroupName }));
      } catch (cause) {
        if (!(cause instanceof ResourceNotFoundException))
          throw new SchedulerUnavailable(`The schedule of ${Name} was not removed`, { cause });
      }
    },
  } satisfies JobScheduler;
}

function inputOf({ id, at, address, message }: ScheduledMessage, options: EventBridgeSchedulerOptions) {
  const { roleArn: RoleArn, groupName: GroupName, queueUrl } = options;
  const Input = JSON.stringify({
    QueueUrl: queueUrl + queueNameOf(address.type, address.lane),
    MessageBody: message.body,
    MessageGroupId: message.tenant,
  });
  return {
    Name: id,
    GroupName,
    ScheduleExpression: `at(${secondOf(at)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: { Arn: SEND_MESSAGE, RoleArn, Input, RetryPolicy: { MaximumEventAgeInSeconds: TRY_FOR_SECONDS } },
  } as const;
}

function secondOf(at: number): string {
  return new Date(Math.ceil(at / 1000) * 1000).toISOString().slice(0, 19);
}
