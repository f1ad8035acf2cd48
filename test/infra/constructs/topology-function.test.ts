import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { JobQueue } from '../../../infra/constructs/job-queue.ts';
import { JobServices } from '../../../infra/constructs/job-services.ts';
import { TopologyFunction } from '../../../infra/constructs/topology-function.ts';
import type { FunctionSpec } from '../../../infra/topology.ts';
import { createStack } from '../drawing.ts';

const spec: FunctionSpec = {
  entry: 'functions/warm-cache/handler.ts',
  memoryMb: 256,
  timeoutSeconds: 10,
  schedule: { everySeconds: 300 },
  queues: [{ name: 'warming', batchSize: 5 }],
  reads: ['data'],
};

function draw(name: string, edgeUrl: string | undefined) {
  const stack = createStack();
  const buckets = new Map(['data', 'other'].map(bucket => [bucket, new Bucket(stack, `${bucket}-bucket`)]));
  const queues = new Map([
    ['warming', new JobQueue(stack, 'queue', { name: 'warming', visibilitySeconds: 60, maxReceives: 5 })],
  ]);
  const jobs = new JobServices(stack, 'jobs', { queues, secretName: undefined });
  new TopologyFunction(stack, name, { spec, edgeUrl, buckets, queues, jobs });
  const dataBucket = stack.getLogicalId(buckets.get('data')?.node.defaultChild as never);
  return { stack, template: Template.fromStack(stack), dataBucket };
}

describe('TopologyFunction', () => {
  it('reads the buckets of its spec and no other, and finds their names in its environment', () => {
    const { template, dataBucket } = draw('any', undefined);
    const arn = { 'Fn::GetAtt': [dataBucket, 'Arn'] };
    const policies = Object.values(template.findResources('AWS::IAM::Policy'));
    const statements = policies.flatMap(policy => policy.Properties.PolicyDocument.Statement);
    const reading = statements.filter(({ Action }) => String(Action).startsWith('s3:'));
    expect(reading.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ['s3:ListBucket', arn],
      ['s3:GetObject', { 'Fn::Join': ['', [arn, '/*']] }],
    ]);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { DATA_BUCKET: { Ref: dataBucket } } },
    });
  });

  it('is told where the edge answers when it calls the edge', () => {
    const { template } = draw('warm-cache', 'https://edge.example');
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { EDGE_URL: 'https://edge.example' } },
    });
    template.hasResourceProperties('AWS::Events::Rule', { State: 'ENABLED' });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { Enabled: true });
  });

  it('is called by nothing while the edge’s address is unknown, with a warning that names the setting', () => {
    const { stack, template } = draw('warm-cache', undefined);
    template.hasResourceProperties('AWS::Events::Rule', { State: 'DISABLED' });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { Enabled: false });
    const sentence = Match.stringLikeRegexp('EDGE_URL.*headrace.config.ts');
    Annotations.fromStack(stack).hasWarning('/Test/warm-cache', sentence);
  });
});
