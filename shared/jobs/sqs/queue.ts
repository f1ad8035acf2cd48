/**
 * The queues of the jobs in SQS, over whatever can call its API: a signed fetch at the edge, the SDK in a function. So both
 * fail alike.
 *
 * Errors  QueueUnavailable, with AWS's own error as its cause
 * Cost    one request; two for depths and four for a redrive, which looks for the queues' ARNs first
 * Source  SQS API Reference
 */

import { AwsRefused } from '../../aws/aws-errors.ts';
import type { JsonCall } from '../../aws/json-call.ts';
import { queueNameOf } from '../catalogue.ts';
import { type JobQueue, type QueueAddress, type QueueDepths, QueueUnavailable } from '../job-queue.ts';
import { entryOf, secondsOf } from './message-entry.ts';
import { sendMany } from './send-many.ts';

export interface SqsJobQueueOptions {
  /** What the URL of every queue begins with: the queue's name comes after it. */
  readonly queueUrl: string;
  /** Requests of one sendMany that are under way at once. @default 16 */
  readonly concurrency?: number;
}

const DEFAULTS = { concurrency: 16 } as const;
const DEPTHS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

export function createSqsJobQueue(callAws: JsonCall, options: SqsJobQueueOptions) {
  const { queueUrl, concurrency } = { ...DEFAULTS, ...options };
  const call = orUnavailable(callAws);
  const urlOf = ({ type, lane }: QueueAddress) => queueUrl + queueNameOf(type, lane);
  const deadLettersOf = (address: QueueAddress) => `${urlOf(address)}-dlq`;

  async function attributesOf(QueueUrl: string, AttributeNames: readonly string[]): Promise<Attributes> {
    const { Attributes = {} } = await call('GetQueueAttributes', { QueueUrl, AttributeNames });
    return Attributes as Attributes;
  }

  const arnOf = async (url: string) => (await attributesOf(url, ['QueueArn'])).QueueArn;

  async function isMoving(SourceArn: string | undefined): Promise<boolean> {
    const { Results } = await call('ListMessageMoveTasks', { SourceArn, MaxResults: 1 });
    const [latest] = (Results ?? []) as { Status?: string }[];
    return latest?.Status === 'RUNNING' || latest?.Status === 'CANCELLING';
  }

  return {
    async send(address, message) {
      await call('SendMessage', { QueueUrl: urlOf(address), ...entryOf(message) });
    },
    sendMany: (address, messages) => sendMany(callAws, messages, { queueUrl: urlOf(address), concurrency }),
    async changeVisibility(address, ReceiptHandle, delayMs) {
      const VisibilityTimeout = secondsOf(delayMs);
      await call('ChangeMessageVisibility', { QueueUrl: urlOf(address), ReceiptHandle, VisibilityTimeout });
    },
    async deadLetter(address, message) {
      await call('SendMessage', { QueueUrl: deadLettersOf(address), ...entryOf(message) });
    },
    async redrive(address, { perSecond: MaxNumberOfMessagesPerSecond }) {
      const [SourceArn, DestinationArn] = await Promise.all([
        arnOf(deadLettersOf(address)),
        arnOf(urlOf(address)),
      ]);
      if (await isMoving(SourceArn)) return 'running';
      // With the destination named: what was sent to the dead letters by hand has no other way back.
      await call('StartMessageMoveTask', { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond });
      return 'started';
    },
    async depths(address) {
      const [own, dead] = await Promise.all([
        attributesOf(urlOf(address), DEPTHS),
        attributesOf(deadLettersOf(address), DEPTHS),
      ]);
      return depthsOf(own, dead);
    },
  } satisfies JobQueue;
}

type Attributes = Readonly<Record<string, string>>;

function depthsOf(own: Attributes, dead: Attributes): QueueDepths {
  const [visible, inFlight, delayed] = DEPTHS.map(name => Number(own[name] ?? 0));
  // All of them: one that somebody looks at, or that is not to be seen yet, is there nevertheless.
  const deadLetters = DEPTHS.reduce((sum, name) => sum + Number(dead[name] ?? 0), 0);
  return {
    visible: visible ?? 0,
    inFlight: inFlight ?? 0,
    delayed: delayed ?? 0,
    deadLetters,
  };
}

function orUnavailable(call: JsonCall): JsonCall {
  return async (action, input, signal) => {
    try {
      return await call(action, input, signal);
    } catch (cause) {
      const refused = cause instanceof AwsRefused ? `refused ${action}: ${cause.code}` : `did not ${action}`;
      throw new QueueUnavailable(`SQS ${refused}`, { cause });
    }
  };
}
