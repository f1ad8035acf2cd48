/** What Headrace relies on in SQS, through the SDK that speaks to the real one. */

import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalAws, localCredentials, startAws } from '../../infra/local/aws/start.ts';

let aws: LocalAws;
let sqs: SQSClient;
let work: string;
let deadLetters: string;

beforeAll(async () => {
  const queues = { work: { visibilitySeconds: 1, maxReceives: 2 } };
  aws = await startAws({ topology: { buckets: {}, queues }, credentials: localCredentials({}) });
  sqs = new SQSClient(aws);
  work = await urlOf('work');
  deadLetters = await urlOf('work-dlq');
});

beforeEach(async () => {
  for (const QueueUrl of [work, deadLetters]) await sqs.send(new PurgeQueueCommand({ QueueUrl }));
});

afterAll(async () => {
  sqs.destroy();
  await aws.stop();
});

async function urlOf(QueueName: string): Promise<string> {
  return (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
}

async function receive(QueueUrl: string, { WaitTimeSeconds = 5 } = {}) {
  const options = { MaxNumberOfMessages: 10, MessageAttributeNames: ['All'], WaitTimeSeconds };
  const asked = new ReceiveMessageCommand({ QueueUrl, ...options, MessageSystemAttributeNames: ['All'] });
  return (await sqs.send(asked)).Messages ?? [];
}

const send = (MessageBody: string, options = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl: work, MessageBody, ...options }));
const hide = (ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
  sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: work, ReceiptHandle, VisibilityTimeout }));

describe('a queue', () => {
  it('is not found under a name that the topology does not have', async () => {
    await expect(urlOf('nowhere')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it('is named by a URL of the endpoint and has the settings of the topology', async () => {
    expect(work).toBe(`${aws.endpoint}/000000000000/work`);
    const asked = new GetQueueAttributesCommand({ QueueUrl: work, AttributeNames: ['All'] });
    const { Attributes } = await sqs.send(asked);
    expect(Attributes).toMatchObject({
      VisibilityTimeout: '1',
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:work',
    });
    expect(JSON.parse(Attributes?.RedrivePolicy ?? '')).toEqual({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:work-dlq',
      maxReceiveCount: 2,
    });
  });

  it('gives a message with its attributes and how often it was received', async () => {
    const tenant = { DataType: 'String', StringValue: 'a' };
    const { MessageId } = await send('körper', { MessageAttributes: { tenant } });
    expect(await receive(work)).toEqual([
      expect.objectContaining({
        MessageId,
        Body: 'körper',
        MessageAttributes: { tenant: expect.objectContaining(tenant) },
        Attributes: expect.objectContaining({ ApproximateReceiveCount: '1' }),
      }),
    ]);
  });

  it('takes and gives ten at once', async () => {
    const Entries = Array.from({ length: 10 }, (_, at) => ({ Id: String(at), MessageBody: `m${at}` }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: work, Entries }));
    const messages = await receive(work);
    expect(messages.map(({ Body }) => Body).toSorted()).toEqual(
      Entries.map(({ MessageBody }) => MessageBody),
    );
    const done = messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: work, Entries: done }));
  });

  it('answers a long poll when a message comes', async () => {
    const waiting = receive(work);
    await send('awaited');
    expect(await waiting).toEqual([expect.objectContaining({ Body: 'awaited' })]);
  });
});

describe('a received message', () => {
  it('is hidden from others, and comes back when it is not deleted', async () => {
    const { MessageId } = await send('again');
    expect(await receive(work)).toHaveLength(1);
    expect(await receive(work, { WaitTimeSeconds: 0 })).toEqual([]);
    expect(await receive(work)).toEqual([
      expect.objectContaining({
        MessageId,
        Attributes: expect.objectContaining({ ApproximateReceiveCount: '2' }),
      }),
    ]);
  });

  it('comes back at once when it is let go', async () => {
    await send('let go');
    const [first] = await receive(work);
    await hide(first?.ReceiptHandle, 0);
    expect(await receive(work, { WaitTimeSeconds: 0 })).toHaveLength(1);
  });

  it('is gone when it was deleted', async () => {
    await send('done');
    const [first] = await receive(work);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: work, ReceiptHandle: first?.ReceiptHandle }));
    await hide(first?.ReceiptHandle, 0).catch(() => {});
    expect(await receive(work, { WaitTimeSeconds: 0 })).toEqual([]);
  });

  it('moves to the dead-letter queue after as many deliveries as the topology says', async () => {
    const { MessageId } = await send('poison');
    for (const _ of [1, 2]) {
      const [message] = await receive(work);
      await hide(message?.ReceiptHandle, 0);
    }
    expect(await receive(work, { WaitTimeSeconds: 0 })).toEqual([]);
    expect(await receive(deadLetters)).toEqual([expect.objectContaining({ MessageId, Body: 'poison' })]);
  });
});
