/**
 * A queue with its dead-letter queue: what fails too often is kept there for a person to look at.
 *
 * Source  AWS SQS Developer Guide, dead-letter queues: a moved message keeps the age it had, so the dead-letter queue
 *         must keep messages longer than the queue does
 */

import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { QueueSpec } from '../topology.ts';
import { deadLettersOf, nameOf } from './deployed-stack.ts';

const RETENTION = Duration.days(4);
const DEAD_LETTER_RETENTION = Duration.days(14);
const SECURITY = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const;

export class JobQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, spec: QueueSpec & { readonly name: string }) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...SECURITY,
      queueName: nameOf(this, deadLettersOf(spec.name)),
      retentionPeriod: DEAD_LETTER_RETENTION,
    });
    Validations.of(this.deadLetters).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'It is the dead-letter queue: what lies in it has been tried, and waits for a person.',
    });
    this.queue = new Queue(this, 'Queue', {
      ...SECURITY,
      queueName: nameOf(this, spec.name),
      retentionPeriod: RETENTION,
      visibilityTimeout: Duration.seconds(spec.visibilitySeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: spec.maxReceives },
    });
  }
}
