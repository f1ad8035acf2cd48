import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { JobServices } from '../../../infra/constructs/job-services.ts';
import { TopologyFunction } from '../../../infra/constructs/topology-function.ts';
import type { FunctionSpec } from '../../../infra/topology.ts';
import { cdnSettingsSchema } from '../../../shared/cdn/settings-schema.ts';
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
  const stack = createStack({ edgeUrl });
  const jobs = new JobServices(stack, 'jobs', { queues: ['warming'] });
  new TopologyFunction(stack, name, { spec, jobs });
  return { stack, template: Template.fromStack(stack) };
}

describe('TopologyFunction', () => {
  it('reads the buckets of its spec and no other, and finds their names in its environment', () => {
    const { template } = draw('any', undefined);
    const name = ['test-data-', { Ref: 'AWS::AccountId' }, '-us-east-1'];
    const start = ['arn:', { Ref: 'AWS::Partition' }, ':s3:::test-data-', { Ref: 'AWS::AccountId' }];
    const policies = Object.values(template.findResources('AWS::IAM::Policy'));
    const statements = policies.flatMap(policy => policy.Properties.PolicyDocument.Statement);
    const reading = statements.filter(({ Action }) => String(Action).startsWith('s3:'));
    expect(reading.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ['s3:ListBucket', { 'Fn::Join': ['', [...start, '-us-east-1']] }],
      ['s3:GetObject', { 'Fn::Join': ['', [...start, '-us-east-1/*']] }],
    ]);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { DATA_BUCKET: { 'Fn::Join': ['', name] } } },
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

  it('that measures CDNs is told which, and may ask CloudWatch where CloudFront is among them', () => {
    const cdns = cdnSettingsSchema().parse({ front: { vendor: 'cloudfront', distributionId: 'E12345' } });
    const zone = cdnSettingsSchema().parse({ zone: { vendor: 'cloudflare', zoneId: 'z1' } });
    const drawn = (given: typeof cdns) => {
      const stack = createStack();
      const jobs = new JobServices(stack, 'jobs', { queues: [] });
      const measuring: FunctionSpec = { ...spec, queues: [], reads: [], measuresCdns: true };
      new TopologyFunction(stack, 'measure-cdns', { spec: measuring, jobs, cdns: given });
      return Template.fromStack(stack);
    };
    drawn(cdns).hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { CDN_SETTINGS: JSON.stringify(cdns) } },
    });
    const asks = (template: Template) => JSON.stringify(template.findResources('AWS::IAM::Policy'));
    expect(asks(drawn(cdns))).toContain('"cloudwatch:GetMetricData"');
    expect(asks(drawn(cdns))).not.toContain('cloudfront:CreateInvalidation');
    expect(asks(drawn(zone))).not.toContain('cloudwatch:');
  });
});
