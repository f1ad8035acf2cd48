/** What Headrace relies on in SQS beyond one queue: groups, bounds of a batch, and moving messages back from dead letters. */

import {
  CancelMessageMoveTaskCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalAws, localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { eventually } from '../eventually.ts';

let aws: LocalAws;
let sqs: SQSClient;

const ARN = 'arn:aws:sqs:us-east-1:000000000000:';
const urlOf = (name: string) => `${aws.endpoint}/000000000000/${name}`;

beforeAll(async () => {
  const queues = {
    work: { visibilitySeconds: 30, maxReceives: 1 },
    other: { visibilitySeconds: 30, maxReceives: 1 },
  };
  aws = await startAws({ topology: { buckets: {}, queues }, credentials: localCredentials({}) });
  sqs = new SQSClient({ ...aws, maxAttempts: 1 });
});

beforeEach(async () => {
  for (const name of ['work', 'work-dlq', 'other'])
    await sqs.send(new PurgeQueueCommand({ QueueUrl: urlOf(name) }));
});

afterAll(async () => {
  sqs.destroy();
  await aws.stop();
});

async function receive(name: string, WaitTimeSeconds = 0) {
  const asked = { MaxNumberOfMessages: 10, WaitTimeSeconds, MessageSystemAttributeNames: ['All' as const] };
  return (await sqs.send(new ReceiveMessageCommand({ QueueUrl: urlOf(name), ...asked }))).Messages ?? [];
}

const send = (name: string, MessageBody: string, options = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl: urlOf(name), MessageBody, ...options }));
const sendBatch = (Entries: SendMessageBatchRequestEntry[]) =>
  sqs.send(new SendMessageBatchCommand({ QueueUrl: urlOf('work'), Entries }));
const start = (options = {}) =>
  sqs.send(new StartMessageMoveTaskCommand({ SourceArn: `${ARN}work-dlq`, ...options }));
const list = async (name = 'work-dlq') =>
  (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: ARN + name, MaxResults: 10 }))).Results ?? [];
const visible = async (name: string) => {
  const asked = new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: ['All'] });
  return Number((await sqs.send(asked)).Attributes?.ApproximateNumberOfMessages);
};

describe('a message group on a standard queue', () => {
  it('is given back with the message, sent alone or in a batch', async () => {
    await send('work', 'alone', { MessageGroupId: 'tenant-a' });
    await sendBatch([
      { Id: 'one', MessageBody: 'first', MessageGroupId: 'tenant-b' },
      { Id: 'two', MessageBody: 'second' },
    ]);
    const groups = (await receive('work')).map(({ Body, Attributes }) => [Body, Attributes?.MessageGroupId]);
    expect(groups).toEqual([
      ['alone', 'tenant-a'],
      ['first', 'tenant-b'],
      ['second', undefined],
    ]);
  });

  it('holds nobody of the same group back', async () => {
    for (const body of ['first', 'second']) await send('work', body, { MessageGroupId: 'tenant-a' });
    expect(await receive('work')).toHaveLength(2);
  });

  it('must be made of visible characters', async () => {
    await expect(send('work', 'x', { MessageGroupId: 'a b' })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});

describe('a batch', () => {
  it('fails entry by entry', async () => {
    const { Successful, Failed } = await sendBatch([
      { Id: 'good', MessageBody: 'kept' },
      { Id: 'late', MessageBody: 'x', DelaySeconds: 901 },
      { Id: 'control', MessageBody: '\u0001' },
    ]);
    expect(Successful).toMatchObject([{ Id: 'good' }]);
    expect(Failed?.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault]).toSorted()).toEqual([
      ['control', 'InvalidMessageContents', true],
      ['late', 'InvalidParameterValue', true],
    ]);
    expect(await receive('work')).toMatchObject([{ Body: 'kept' }]);
  });

  it('of nothing but bad entries says so of each', async () => {
    const { Failed } = await sendBatch([{ Id: 'late', MessageBody: 'x', DelaySeconds: 901 }]);
    expect(Failed).toMatchObject([{ Id: 'late' }]);
  });

  it.each([
    ['more than 1 MiB in all', { length: 2, body: 'x'.repeat(524_289) }, 'BatchRequestTooLong'],
    ['more than ten entries', { length: 11, body: 'x' }, 'TooManyEntriesInBatchRequest'],
    ['no entries', { length: 0, body: '' }, 'EmptyBatchRequest'],
  ])('of %s is refused as a whole', async (_name, { length, body }, name) => {
    const entries = Array.from({ length }, (_, at) => ({ Id: String(at), MessageBody: body }));
    await expect(sendBatch(entries)).rejects.toMatchObject({ name });
    expect(await receive('work')).toEqual([]);
  });
});

describe('moving dead letters', () => {
  it('brings each to the named queue, as a new message of its group', async () => {
    const { MessageId } = await send('work-dlq', 'again', { MessageGroupId: 'tenant-a' });
    await start({ DestinationArn: `${ARN}other`, MaxNumberOfMessagesPerSecond: 500 });
    const [moved] = await receive('other', 5);
    expect(moved).toMatchObject({
      Body: 'again',
      Attributes: { MessageGroupId: 'tenant-a', ApproximateReceiveCount: '1' },
    });
    expect(moved?.MessageId).not.toBe(MessageId);
    expect(await visible('work-dlq')).toBe(0);
  });

  it('brings what SQS itself moved back to where it came from', async () => {
    await send('work', 'poison');
    const asked = new ReceiveMessageCommand({ QueueUrl: urlOf('work'), VisibilityTimeout: 0 });
    await sqs.send(asked);
    expect(await receive('work')).toEqual([]);
    await start();
    expect(await receive('work', 5)).toMatchObject([{ Body: 'poison' }]);
  });

  it('fails without a destination where the message was sent to the dead letters by hand', async () => {
    await send('work-dlq', 'whose?');
    await start();
    await eventually(async () =>
      expect((await list())[0]).toMatchObject({
        Status: 'FAILED',
        FailureReason: 'CouldNotDetermineMessageSource',
      }),
    );
    expect(await visible('work-dlq')).toBe(1);
  });

  it('goes no faster than it was told, and says how far it is', async () => {
    for (const body of ['a', 'b', 'c', 'd']) await send('work-dlq', body);
    const begunAt = performance.now();
    await start({ DestinationArn: `${ARN}other`, MaxNumberOfMessagesPerSecond: 20 });
    expect((await list())[0]).toMatchObject({
      Status: 'RUNNING',
      TaskHandle: expect.any(String),
      MaxNumberOfMessagesPerSecond: 20,
      ApproximateNumberOfMessagesToMove: 4,
    });
    await eventually(async () => expect((await list())[0]).toMatchObject({ Status: 'COMPLETED' }));
    expect(performance.now() - begunAt).toBeGreaterThanOrEqual(200);
    expect((await list())[0]).toMatchObject({ ApproximateNumberOfMessagesMoved: 4 });
    expect((await list())[0]).not.toHaveProperty('TaskHandle');
  });

  it('can be cancelled, and then leaves the rest where it is', async () => {
    for (const body of ['a', 'b']) await send('work-dlq', body);
    const { TaskHandle } = await start({ DestinationArn: `${ARN}other`, MaxNumberOfMessagesPerSecond: 1 });
    const second = start({ DestinationArn: `${ARN}other` });
    await expect(second).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    const cancel = () => sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    expect(await cancel()).toMatchObject({ ApproximateNumberOfMessagesMoved: 0 });
    expect((await list())[0]).toMatchObject({ Status: 'CANCELLED' });
    await expect(cancel()).rejects.toThrow('Only active tasks');
    expect(await visible('work-dlq')).toBe(2);
  });

  it.each([
    ['out of a queue that is nobody’s dead letters', { SourceArn: `${ARN}work` }, 'InvalidParameterValue'],
    ['out of a queue that is not there', { SourceArn: `${ARN}nowhere` }, 'ResourceNotFoundException'],
    ['into a queue that is not there', { DestinationArn: `${ARN}nowhere` }, 'ResourceNotFoundException'],
    ['faster than 500 a second', { MaxNumberOfMessagesPerSecond: 501 }, 'InvalidParameterValue'],
  ])('%s is refused', async (_name, options, name) => {
    await expect(start(options)).rejects.toMatchObject({ name });
  });

  it('of a task that is unknown cannot be cancelled', async () => {
    const cancel = sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: 'none' }));
    await expect(cancel).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('leaves a message alone that somebody holds', async () => {
    await send('work-dlq', 'held');
    const [held] = await receive('work-dlq');
    await start({ DestinationArn: `${ARN}other` });
    await eventually(async () => expect((await list())[0]).toMatchObject({ Status: 'COMPLETED' }));
    expect(await receive('other')).toEqual([]);
    await sqs.send(
      new DeleteMessageCommand({ QueueUrl: urlOf('work-dlq'), ReceiptHandle: held?.ReceiptHandle }),
    );
  });
});
