/**
 * A queue with its dead-letter queue: what fails too often is kept there for a person to look at.
 */

import { Duration } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { QueueSpec } from '../topology.ts';
import { drawDeadLetters, QUEUE_SECURITY } from './dead-letters.ts';
import { deadLettersOf, nameOf } from './deployed-stack.ts';

const RETENTION = Duration.days(4);

export class JobQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, spec: QueueSpec & { readonly name: string }) {
    super(scope, id);
    this.deadLetters = drawDeadLetters(this, 'DeadLetters', nameOf(this, deadLettersOf(spec.name)));
    this.queue = new Queue(this, 'Queue', {
      ...QUEUE_SECURITY,
      queueName: nameOf(this, spec.name),
      retentionPeriod: RETENTION,
      visibilityTimeout: Duration.seconds(spec.visibilitySeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: spec.maxReceives },
    });
  }
}
