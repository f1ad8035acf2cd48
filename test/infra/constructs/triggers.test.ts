import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, it } from 'vitest';
import { feedFromQueue, runOnSchedule } from '../../../infra/constructs/triggers.ts';
import { createStack } from '../drawing.ts';

function draw(build: (target: LambdaFunction, stack: ReturnType<typeof createStack>) => void): Template {
  const stack = createStack();
  const code = Code.fromInline('export const handler = () => {}');
  build(
    new LambdaFunction(stack, 'function', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code }),
    stack,
  );
  return Template.fromStack(stack);
}

describe('feedFromQueue', () => {
  const feed = (enabled: boolean) =>
    draw((target, stack) => {
      const spec = { name: 'warming', batchSize: 7 } as const;
      feedFromQueue(target, new Queue(stack, 'queue'), { spec, enabled });
    });

  it('returns only the failed messages of a batch', () => {
    feed(true).hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 7,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      Enabled: true,
    });
  });

  it('leaves the messages in the queue while disabled', () => {
    feed(false).hasResourceProperties('AWS::Lambda::EventSourceMapping', { Enabled: false });
  });
});

describe('runOnSchedule', () => {
  const schedule = (everySeconds: number, enabled = true) =>
    draw(target => runOnSchedule(target, { spec: { everySeconds }, enabled }));

  it('drops a run that is late by a whole period', () => {
    const template = schedule(600);
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(10 minutes)',
      State: 'ENABLED',
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumEventAgeInSeconds: 600 });
  });

  it('stays within what Lambda keeps when the period is longer', () => {
    schedule(86_400).hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumEventAgeInSeconds: 21_600,
    });
  });

  it('calls nothing while disabled', () => {
    schedule(60, false).hasResourceProperties('AWS::Events::Rule', { State: 'DISABLED' });
  });
});
