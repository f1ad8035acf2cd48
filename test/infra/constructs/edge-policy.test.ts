import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { expect, it } from 'vitest';
import { EdgePolicy } from '../../../infra/constructs/edge-policy.ts';
import { JobQueue } from '../../../infra/constructs/job-queue.ts';
import { createStack } from '../drawing.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

function draw() {
  const stack = createStack();
  const queue = new JobQueue(stack, 'work', { name: 'work', visibilitySeconds: 60, maxReceives: 3 });
  const payloads = new Bucket(stack, 'data');
  new EdgePolicy(stack, 'edge', { queues: [queue], payloads });
  const template = Template.fromStack(stack);
  const [policy] = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
  const statements: readonly Statement[] = policy?.Properties.PolicyDocument.Statement;
  const idOf = (QueueName: string) =>
    Object.keys(template.findResources('AWS::SQS::Queue', { Properties: { QueueName } }))[0];
  const actionsOn = (QueueName: string) =>
    statements
      .filter(({ Resource }) => JSON.stringify(Resource).includes(`"${idOf(QueueName)}"`))
      .flatMap(({ Action }) => Action)
      .toSorted();
  return { policy, statements, actionsOn };
}

it('allows what enqueueing, looking and redriving need, on each queue its own', () => {
  const { actionsOn } = draw();
  expect(actionsOn('test-work')).toEqual(['sqs:GetQueueAttributes', 'sqs:SendMessage']);
  expect(actionsOn('test-work-dlq')).toEqual([
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:ListMessageMoveTasks',
    'sqs:ReceiveMessage',
    'sqs:StartMessageMoveTask',
  ]);
});

it('allows to put payloads down where they lie, and no wildcard of actions or resources', () => {
  const { statements } = draw();
  const objects = statements.filter(({ Action }) => Action === 's3:PutObject');
  expect(JSON.stringify(objects.map(({ Resource }) => Resource))).toContain('/jobs/*');
  for (const { Action, Resource } of statements) {
    expect([Action].flat().filter(action => action.includes('*'))).toEqual([]);
    expect(Resource).not.toBe('*');
  }
});

it('is attached to nobody', () => {
  const { Users, Roles, Groups } = draw().policy?.Properties ?? {};
  expect([Users, Roles, Groups]).toEqual([undefined, undefined, undefined]);
});
