import { Match, Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { NodeFunction } from '../../../infra/constructs/node-function.ts';
import { createStack } from '../drawing.ts';

describe('NodeFunction', () => {
  const stack = createStack();
  new NodeFunction(stack, 'function', {
    name: 'sum-up',
    spec: { memoryMb: 512, timeoutSeconds: 45 },
    code: Code.fromInline('export const handler = () => {}'),
    environment: { DATA_BUCKET: 'somewhere' },
  });
  const template = Template.fromStack(stack);

  it('runs on Graviton under Node 24 with the numbers it was given', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'test-sum-up',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 512,
      Timeout: 45,
      Environment: { Variables: { DATA_BUCKET: 'somewhere' } },
      TracingConfig: { Mode: 'Active' },
    });
  });

  it('logs as JSON into its own group, for a month', () => {
    const [group] = Object.keys(
      template.findResources('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 } }),
    );
    template.hasResourceProperties('AWS::Lambda::Function', {
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: group } },
    });
  });

  it('may write its logs and send traces, and nothing else', () => {
    const [group] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayEquals([
          Match.objectLike({ Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }),
          Match.objectLike({
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: { 'Fn::GetAtt': [group, 'Arn'] },
          }),
        ]),
      }),
    });
    const managed = { Properties: { ManagedPolicyArns: Match.anyValue() } };
    expect(template.findResources('AWS::IAM::Role', managed)).toEqual({});
  });
});
