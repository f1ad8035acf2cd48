import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { bucketPlace } from '../../../infra/constructs/deployed-stack.ts';
import { EdgePolicy } from '../../../infra/constructs/edge-policy.ts';
import { createStack } from '../drawing.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

function draw() {
  const stack = createStack();
  const payloads = bucketPlace(stack, 'data');
  new EdgePolicy(stack, 'edge', {
    queues: ['work'],
    payloads,
    assets: bucketPlace(stack, 'assets'),
    asked: ['optimize-image'],
    invoked: ['drain-outbox-now'],
  });
  const template = Template.fromStack(stack);
  const [policy] = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
  const statements: readonly Statement[] = policy?.Properties.PolicyDocument.Statement;
  const actionsOn = (name: string) =>
    statements
      .filter(({ Resource }) => JSON.stringify(Resource).includes(`:${name}"`))
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

it('allows to ask the function that has a URL', () => {
  const { actionsOn } = draw();
  expect(actionsOn('function:test-optimize-image:live')).toEqual([
    'lambda:InvokeFunction',
    'lambda:InvokeFunctionUrl',
  ]);
});

it('allows to read and upload published files, and to be told what is not there', () => {
  const { statements } = draw();
  const onFiles = statements.filter(({ Action }) => [Action].flat().includes('s3:GetObject'));
  expect(onFiles.map(({ Action }) => Action)).toEqual([['s3:GetObject', 's3:PutObject']]);
  expect(JSON.stringify(onFiles.map(({ Resource }) => Resource))).toMatch(/-assets-.*\/\*/);
  expect(statements.filter(({ Action }) => Action === 's3:ListBucket')).toHaveLength(1);
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

it('allows to invoke what it calls by name, and no URL of it', () => {
  expect(draw().actionsOn('test-drain-outbox-now')).toEqual(['lambda:InvokeFunction']);
});
