import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { drawDeadLetters } from '../../../infra/constructs/dead-letters.ts';
import { createStack } from '../drawing.ts';

it('keeps what failed for two weeks, encrypted, by its name or by one that AWS makes up', () => {
  const stack = createStack();
  drawDeadLetters(stack, 'named', 'test-dead');
  drawDeadLetters(stack, 'nameless');
  const template = Template.fromStack(stack);
  const drawn = Object.values(template.findResources('AWS::SQS::Queue')).map(({ Properties }) => Properties);
  const common = { MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true };
  expect(drawn).toEqual([{ ...common, QueueName: 'test-dead' }, common]);
  template.resourceCountIs('AWS::SQS::QueuePolicy', 2);
});
