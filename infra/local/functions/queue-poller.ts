/**
 * Lambda's event source mapping: takes messages from a queue, calls the function with a batch, deletes what it did.
 *
 * Errors  a message that failed stays and comes back when its visibility timeout ends, until the queue moves it to its
 *         dead-letter queue; a queue that cannot be reached is asked again after five seconds
 * Cost    one long poll of twenty seconds at a time
 * Source  Lambda Developer Guide, "Using Lambda with Amazon SQS" (partial batch responses on)
 */

import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import type { AwsAccess } from '../aws/start.ts';
import type { Lambda } from './lambda.ts';
import { type EventSource, formatQueueEvent, selectDone } from './queue-event.ts';

export interface QueuePollerOptions {
  readonly aws: AwsAccess;
  readonly queue: { readonly name: string; readonly batchSize: number };
  readonly target: Pick<Lambda, 'invoke'>;
  readonly log: (line: string) => void;
}

export interface Stoppable {
  stop(): Promise<void>;
}

const LONG_POLL_SECONDS = 20;
const RETRY_MS = 5000;
/** SQS gives no more at once; Lambda fills a larger batch by asking several times. */
const MOST_MESSAGES = 10;

export function startQueuePoller({ aws, queue, target, log }: QueuePollerOptions): Stoppable {
  const sqs = new SQSClient(aws);
  const stopping = new AbortController();
  const { signal: abortSignal } = stopping;

  async function pollForever(): Promise<void> {
    while (!abortSignal.aborted) {
      await poll().catch(error => {
        if (!abortSignal.aborted) log(`The queue ${queue.name} cannot be read: ${error}`);
        return sleep(RETRY_MS, undefined, { signal: abortSignal }).catch(() => {});
      });
    }
  }

  async function poll(): Promise<void> {
    const source = await findSource();
    while (!abortSignal.aborted) await takeBatch(source);
  }

  async function findSource(): Promise<EventSource & { readonly url: string }> {
    const { QueueUrl: url = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue.name }), {
      abortSignal,
    });
    const asked = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] });
    const { Attributes } = await sqs.send(asked, { abortSignal });
    return { url, arn: Attributes?.QueueArn ?? '', region: aws.region };
  }

  async function takeBatch(source: EventSource & { readonly url: string }): Promise<void> {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: source.url,
        MaxNumberOfMessages: Math.min(queue.batchSize, MOST_MESSAGES),
        WaitTimeSeconds: LONG_POLL_SECONDS,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
      { abortSignal },
    );
    if (!Messages?.length) return;
    const event = formatQueueEvent(Messages, source);
    await remove(source.url, selectDone(await target.invoke(JSON.stringify(event)), event));
  }

  async function remove(url: string, done: readonly SQSRecord[]): Promise<void> {
    if (done.length === 0) return;
    const Entries = done.map(({ receiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle: receiptHandle,
    }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
  }

  const ended = pollForever();
  return {
    async stop() {
      stopping.abort();
      await ended;
      sqs.destroy();
    },
  };
}
