/**
 * Where a stack keeps the scheduled runs that could not be made, after all tries: for a person to look at. One for each
 * stack that has a schedule, made when it is first asked for.
 *
 * Source  EventBridge User Guide, "Using dead-letter queues"; Lambda Developer Guide, "Capturing records of invocations"
 */

import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { nameOf } from './deployed-stack.ts';

const ID = 'missed-runs';

export function missedRuns(scope: IConstruct): Queue {
  const stack = Stack.of(scope);
  const known = stack.node.tryFindChild(ID);
  return known instanceof Queue ? known : draw(stack);
}

/** headrace-jobs-missed-runs, by the last word of the stack's name. */
function draw(stack: Stack): Queue {
  const queue = new Queue(stack, ID, {
    queueName: nameOf(stack, `${stack.stackName.toLowerCase().split('-').at(-1)}-${ID}`),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  const reason = 'It is a dead-letter queue: what lies in it has been tried, and waits for a person.';
  Validations.of(queue).acknowledge(
    { id: 'Serverless-SQSRedrivePolicy', reason },
    { id: 'AwsSolutions-SQS3', reason },
  );
  return queue;
}
