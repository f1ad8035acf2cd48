/**
 * Tells a queue of each object that is written to a bucket, or deleted from it. By way of EventBridge: so neither knows the
 * other, and the bucket may be the user's own.
 *
 * Source  S3 User Guide, "Using EventBridge"; the names of the events are there
 */

import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { BucketName } from '../specs.ts';
import { bucketPlace } from './deployed-stack.ts';
import type { JobQueue } from './job-queue.ts';

export interface BucketEventsProps {
  readonly bucket: BucketName;
  /** What cannot be delivered lies with its dead letters. */
  readonly queue: JobQueue;
}

export class BucketEvents extends Construct {
  constructor(scope: Construct, id: string, { bucket, queue }: BucketEventsProps) {
    super(scope, id);
    new Rule(this, 'changes', {
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created', 'Object Deleted'],
        detail: { bucket: { name: [bucketPlace(this, bucket).name] } },
      },
      targets: [new SqsQueue(queue.queue, { deadLetterQueue: queue.deadLetters })],
    });
  }
}
