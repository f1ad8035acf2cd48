/**
 * What the edge's AWS user may do with the jobs, and nothing else: send to the queues, see what they hold, bring dead letters
 * back, and put down the payloads that are too large for a row.
 *
 * The policy is drawn and attached to nobody: the user and its keys are yours, and no template holds a secret.
 *
 * Source  SQS API Reference, StartMessageMoveTask: who begins a move needs what the move does on both queues;
 *         SendMessageBatch is allowed by sqs:SendMessage
 */

import { Validations } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { JobQueue } from './job-queue.ts';

export interface EdgePolicyProps {
  readonly queues: readonly JobQueue[];
  /** Where JOBS_PAYLOAD_URL points to. */
  readonly payloads: Bucket | undefined;
}

const ON_QUEUES = ['sqs:SendMessage', 'sqs:GetQueueAttributes'];
const ON_DEAD_LETTERS = [
  'sqs:GetQueueAttributes',
  'sqs:StartMessageMoveTask',
  'sqs:ListMessageMoveTasks',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
];
/** As the door writes them: shared/jobs/door/new-job.ts. */
const PAYLOADS = 'jobs/*';

export class EdgePolicy extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { queues, payloads }: EdgePolicyProps) {
    super(scope, id);
    const policy = new ManagedPolicy(this, 'policy', {
      description: 'What the edge of Headrace does with the jobs',
      statements: [
        new PolicyStatement({ actions: ON_QUEUES, resources: queues.map(({ queue }) => queue.queueArn) }),
        new PolicyStatement({
          actions: ON_DEAD_LETTERS,
          resources: queues.map(({ deadLetters }) => deadLetters.queueArn),
        }),
      ],
    });
    if (payloads) allowPayloads(policy, payloads);
    this.arn = policy.managedPolicyArn;
  }
}

function allowPayloads(policy: ManagedPolicy, bucket: Bucket): void {
  policy.addStatements(
    new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects(PAYLOADS)] }),
  );
  const { logicalId } = bucket.node.defaultChild as CfnBucket;
  Validations.of(policy).acknowledge({
    id: `AwsSolutions-IAM5[Resource::<${bucket.stack.resolve(logicalId)}.Arn>/${PAYLOADS}]`,
    reason: 'A payload bears the id of its job, which nobody knows beforehand; the folder is theirs alone.',
  });
}
