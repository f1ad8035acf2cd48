import { CreateScheduleCommand, DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalAws, localCredentials, startAws } from '../../../../infra/local/aws/start.ts';

let aws: LocalAws;
let scheduler: SchedulerClient;
let sqs: SQSClient;
let QueueUrl: string;

beforeAll(async () => {
  const topology = { buckets: {}, queues: { work: { visibilitySeconds: 30, maxReceives: 3 } } };
  aws = await startAws({ topology, credentials: localCredentials({}) });
  scheduler = new SchedulerClient({ ...aws, maxAttempts: 1 });
  sqs = new SQSClient(aws);
  QueueUrl = (await sqs.send(new GetQueueUrlCommand({ QueueName: 'work' }))).QueueUrl ?? '';
});
afterAll(() => aws.stop());

function create(name: string, inMs: number, change: object = {}) {
  const second = new Date(Math.ceil((Date.now() + inMs) / 1000) * 1000).toISOString().slice(0, 19);
  const Target = {
    Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage',
    RoleArn: 'arn:aws:iam::000000000000:role/scheduler',
    Input: JSON.stringify({ QueueUrl, MessageBody: name, MessageGroupId: 'acme' }),
  };
  return scheduler.send(
    new CreateScheduleCommand({
      Name: name,
      ScheduleExpression: `at(${second})`,
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target,
      ...change,
    }),
  );
}

const remove = (Name: string) => scheduler.send(new DeleteScheduleCommand({ Name }));

describe('a schedule', () => {
  it('sends its message when its second has come, and is gone', async () => {
    await create('soon', 1);
    const asked = { QueueUrl, WaitTimeSeconds: 10, MessageSystemAttributeNames: ['MessageGroupId' as const] };
    const { Messages } = await sqs.send(new ReceiveMessageCommand(asked));
    expect(Messages).toMatchObject([{ Body: 'soon', Attributes: { MessageGroupId: 'acme' } }]);
    await expect(remove('soon')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('is there once, and can be removed', async () => {
    await create('later', 60_000);
    await expect(create('later', 60_000)).rejects.toMatchObject({ name: 'ConflictException' });
    await remove('later');
    await expect(remove('later')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each([
    ['ScheduleExpression', { ScheduleExpression: 'at(2020-01-01T00:00:00)' }],
    ['ScheduleExpression', { ScheduleExpression: 'rate(1 minute)' }],
    ['ActionAfterCompletion', { ActionAfterCompletion: 'NONE' as const }],
    ['Target.Arn', { Target: { Arn: 'arn:aws:sqs:us-east-1:0:work', RoleArn: 'x', Input: '{}' } }],
  ])('is refused with a wrong %s', async (field, change) => {
    await expect(create('wrong', 60_000, change)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(field),
    });
  });

  it('is refused to who signs with another secret', async () => {
    const credentials = { ...aws.credentials, secretAccessKey: 'other' };
    const stranger = new SchedulerClient({ ...aws, credentials, maxAttempts: 1 });
    await expect(stranger.send(new DeleteScheduleCommand({ Name: 'any' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });
});
