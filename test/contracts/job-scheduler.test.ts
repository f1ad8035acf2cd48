import { setTimeout as sleep } from 'node:timers/promises';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll } from 'vitest';
import { createEventBridgeScheduler } from '../../functions/adapters/jobs/event-bridge-scheduler.ts';
import { localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { describeJobScheduler } from './job-scheduler.ts';

const stopping: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stopping) await stop();
});

describeJobScheduler('in EventBridge', async () => {
  const topology = { buckets: {}, queues: { reports: { visibilitySeconds: 30, maxReceives: 3 } } };
  const aws = await startAws({ topology, credentials: localCredentials({}) });
  stopping.push(aws.stop);
  const queueUrl = `${aws.endpoint}/000000000000/`;
  const sqs = new SQSClient(aws);
  return {
    scheduler: createEventBridgeScheduler({
      client: new SchedulerClient(aws),
      roleArn: 'arn:aws:iam::000000000000:role/scheduler',
      groupName: 'default',
      queueUrl,
    }),
    now: Date.now,
    pass: sleep,
    async arrived() {
      const QueueUrl = `${queueUrl}reports`;
      const MessageSystemAttributeNames = ['MessageGroupId' as const];
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames }),
      );
      return Messages.map(({ Body = '', Attributes }) => ({
        body: Body,
        tenant: Attributes?.MessageGroupId ?? '',
      }));
    },
  };
});
