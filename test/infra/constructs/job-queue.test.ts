import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { JobQueue } from '../../../infra/constructs/job-queue.ts';
import { createStack } from '../drawing.ts';

const DAY_SECONDS = 86_400;

describe('JobQueue', () => {
  const stack = createStack();
  new JobQueue(stack, 'queue', { name: 'work', visibilitySeconds: 240, maxReceives: 4 });
  const template = Template.fromStack(stack);
  const found = Object.values(template.findResources('AWS::SQS::Queue')).map(queue => queue.Properties);
  const named = (name: string) => found.find(({ QueueName }) => QueueName === name);

  it('moves a message to the dead-letter queue after its last delivery', () => {
    const [deadLetters] = Object.keys(
      template.findResources('AWS::SQS::Queue', { Properties: { QueueName: 'test-work-dlq' } }),
    );
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'test-work',
      VisibilityTimeout: 240,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters, 'Arn'] }, maxReceiveCount: 4 },
    });
  });

  it('keeps dead letters as long as SQS allows, longer than the queue keeps messages', () => {
    expect(named('test-work-dlq')?.MessageRetentionPeriod).toBe(14 * DAY_SECONDS);
    expect(named('test-work')?.MessageRetentionPeriod).toBe(4 * DAY_SECONDS);
  });

  it('encrypts both queues and refuses plain HTTP to both', () => {
    template.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
    template.resourceCountIs('AWS::SQS::QueuePolicy', 2);
    template.allResourcesProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: Match.objectLike({
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ],
      }),
    });
  });
});
