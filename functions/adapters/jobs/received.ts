/**
 * What Lambda hands over of a queue, in the words of the job engine.
 *
 * Shape   SQS event -> the queue's address and its messages
 * Errors  Error for a queue that is none of the jobs': the function is wired wrongly
 */

import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { CATALOGUE, JOB_TYPES, lanesOf, queueNameOf } from '../../../shared/jobs/catalogue.ts';
import type { QueueAddress } from '../../../shared/jobs/job-queue.ts';
import type { Received } from '../../../shared/jobs/worker/settle.ts';

export interface ReceivedBatch {
  readonly address: QueueAddress;
  readonly messages: readonly Received[];
}

/** All records of an event come from one queue. */
export function readEvent({ Records }: SQSEvent, queueUrl: string): ReceivedBatch {
  const arn = Records[0]?.eventSourceARN ?? '';
  const prefix = queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
  return {
    address: addressOf(arn.slice(arn.lastIndexOf(':') + 1 + prefix.length)),
    messages: Records.map(readRecord),
  };
}

function addressOf(queueName: string): QueueAddress {
  for (const type of JOB_TYPES)
    for (const lane of lanesOf(CATALOGUE[type]))
      if (queueNameOf(type, lane) === queueName) return { type, lane };
  throw new Error(`${queueName} is no queue of the jobs`);
}

function readRecord({ messageId, receiptHandle, body, attributes }: SQSRecord): Received {
  return { messageId, receipt: receiptHandle, body, receives: Number(attributes.ApproximateReceiveCount) };
}
