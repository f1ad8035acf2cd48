/**
 * What the edge's AWS user may do, and nothing else: send to the queues of the jobs, see what they hold, bring dead letters
 * back, put down the payloads that are too large for a row, ask the image function, and read published files, for which it also
 * signs what browsers upload.
 *
 * The policy is drawn and attached to nobody: the user and its keys are yours, and no template holds a secret.
 *
 * Source  SQS API Reference, StartMessageMoveTask: who begins a move needs what the move does on both queues;
 *         SendMessageBatch is allowed by sqs:SendMessage; Lambda Developer Guide, "Control access to Lambda function URLs"
 */

import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge.ts';
import { type BucketPlace, deadLettersOf, nameOf, queueArn } from './deployed-stack.ts';
import { LIVE } from './topology-function.ts';

export interface EdgePolicyProps {
  /** By their names in the topology. */
  readonly queues: readonly string[];
  /** Where JOBS_PAYLOAD_URL points to. */
  readonly payloads: BucketPlace | undefined;
  /** Where ASSETS_URL points to. @default it reads no published files */
  readonly assets?: BucketPlace;
  /** The functions it asks at their URLs, by their names in the topology. */
  readonly asked: readonly string[];
  /** The functions it invokes by name. @default none */
  readonly invoked?: readonly string[];
}

const ON_QUEUES = ['sqs:SendMessage', 'sqs:GetQueueAttributes'];
const ON_DEAD_LETTERS = [
  'sqs:GetQueueAttributes',
  'sqs:StartMessageMoveTask',
  'sqs:ListMessageMoveTasks',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
];
const ON_FUNCTIONS = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'];
/** As the door writes them: shared/jobs/door/new-job.ts. */
const PAYLOADS = 'jobs/*';

export class EdgePolicy extends Construct {
  readonly arn: string;

  constructor(
    scope: Construct,
    id: string,
    { queues, payloads, assets, asked, invoked = [] }: EdgePolicyProps,
  ) {
    super(scope, id);
    const { partition, region, account } = Stack.of(this);
    const functionArn = (name: string) =>
      `arn:${partition}:lambda:${region}:${account}:function:${nameOf(this, name)}`;
    const policy = new ManagedPolicy(this, 'policy', {
      description: 'What the edge of Headrace does in AWS',
      statements: [
        allow(
          ON_QUEUES,
          queues.map(name => queueArn(this, name)),
        ),
        allow(
          ON_DEAD_LETTERS,
          queues.map(name => queueArn(this, deadLettersOf(name))),
        ),
        ...(asked.length > 0
          ? [
              allow(
                ON_FUNCTIONS,
                asked.map(name => `${functionArn(name)}:${LIVE}`),
              ),
            ]
          : []),
        ...(invoked.length > 0 ? [allow(['lambda:InvokeFunction'], invoked.map(functionArn))] : []),
      ],
    });
    if (payloads) allowPayloads(policy, payloads);
    if (assets) allowAssets(policy, assets);
    this.arn = policy.managedPolicyArn;
  }
}

function allow(actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [...resources] });
}

function allowPayloads(policy: ManagedPolicy, { arn }: BucketPlace): void {
  const resource = `${arn}/${PAYLOADS}`;
  policy.addStatements(allow(['s3:PutObject'], [resource]));
  acknowledgeWildcard(
    policy,
    resource,
    'A payload bears the id of its job, which nobody knows beforehand; the folder is theirs alone.',
  );
}

/** Without being allowed to list, it would be told 403 of what is not there. What a browser uploads is signed in its name. */
function allowAssets(policy: ManagedPolicy, { arn }: BucketPlace): void {
  policy.addStatements(
    allow(['s3:GetObject', 's3:PutObject'], [`${arn}/*`]),
    allow(['s3:ListBucket'], [arn]),
  );
  acknowledgeWildcard(policy, `${arn}/*`, 'Published files have whatever names they were given.');
}
