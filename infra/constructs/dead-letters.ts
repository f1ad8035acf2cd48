/**
 * A queue for what was tried often enough: it lies there for a person to look at, longer than in any other.
 *
 * Source  AWS SQS Developer Guide, dead-letter queues: a moved message keeps the age it had, so the dead-letter queue
 *         must keep messages longer than the queue does
 */

import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

const RETENTION = Duration.days(14);

/** Of every queue that is drawn here. */
export const QUEUE_SECURITY = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const;

/** `queueName` is made up by CloudFormation where it is left out. */
export function drawDeadLetters(scope: Construct, id: string, queueName?: string): Queue {
  const queue = new Queue(scope, id, {
    ...QUEUE_SECURITY,
    ...(queueName && { queueName }),
    retentionPeriod: RETENTION,
  });
  const reason = 'It is a dead-letter queue: what lies in it has been tried, and waits for a person.';
  Validations.of(queue).acknowledge(
    { id: 'Serverless-SQSRedrivePolicy', reason },
    { id: 'AwsSolutions-SQS3', reason },
  );
  return queue;
}
