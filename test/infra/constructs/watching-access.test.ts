import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { readDeployment } from '../../../infra/deployment.ts';
import { MonitoringStack } from '../../../infra/stacks/monitoring-stack.ts';
import { topology } from '../../../infra/topology.ts';
import { createApp } from '../drawing.ts';
import { propertiesOf } from './properties-of.ts';

const SERVICE = 'arn:aws:ecs:eu-central-1:123456789012:service/shop/web';

describe('the functions that watch', () => {
  const drawStack = (environment: Record<string, string>) => {
    const deployment = readDeployment({
      AWS_REGION: 'eu-central-1',
      JOBS_SECRET: 'shop/jobs',
      SERVICE_ARN: SERVICE,
      ...environment,
    });
    return Template.fromStack(new MonitoringStack(createApp(), 'Monitoring', { topology, deployment }));
  };

  it('may tell CloudWatch of one namespace, and change the services that are named', () => {
    const statements = propertiesOf(drawStack({}), 'AWS::IAM::Policy').flatMap(
      ({ PolicyDocument }) =>
        (PolicyDocument as { readonly Statement: readonly Record<string, unknown>[] }).Statement,
    );
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: 'cloudwatch:PutMetricData',
      Resource: '*',
      Condition: { StringEquals: { 'cloudwatch:namespace': 'headrace/edge' } },
    });
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: ['ecs:DescribeServices', 'ecs:UpdateService'],
      Resource: SERVICE,
    });
  });

  it('are told where Redis is by a secret, and what is scaled', () => {
    const variables = propertiesOf(drawStack({}), 'AWS::Lambda::Function').map(
      ({ Environment }) => (Environment as { readonly Variables: Record<string, string> }).Variables,
    );
    const scaling = variables.find(one => 'SCALING_TARGETS' in one);
    expect(JSON.parse(scaling?.SCALING_TARGETS ?? '{}')).toMatchObject({ service: { arn: SERVICE } });
    expect(scaling?.JOBS_REDIS_REST_TOKEN).toBe(
      '{{resolve:secretsmanager:shop/jobs:SecretString:redisToken::}}',
    );
    expect(variables.find(one => 'METRICS_NAMESPACE' in one)).toMatchObject({
      METRICS_NAMESPACE: 'headrace/edge',
      METRICS_BY_ROUTE: 'on',
    });
  });

  it('scale nothing in another region, where this stack cannot register it', () => {
    const scaling = { web: { arn: SERVICE.replace('eu-central-1', 'us-west-2') } };
    const deployment = readDeployment({ AWS_REGION: 'eu-central-1' });
    expect(() => new MonitoringStack(createApp(), 'Elsewhere', { topology, deployment, scaling })).toThrow(
      'scaling.web.arn is arn:aws:ecs:us-west-2:123456789012:service/shop/web: it must be in eu-central-1',
    );
  });

  it('scale one service once: SERVICE_ARN may not name what headrace.config.ts names otherwise', () => {
    const deployment = readDeployment({ AWS_REGION: 'eu-central-1', SERVICE_ARN: SERVICE });
    const scaling = { web: { arn: SERVICE } };
    expect(() => new MonitoringStack(createApp(), 'Twice', { topology, deployment, scaling })).toThrow(
      'scaling.web.arn is that of scaling.service',
    );
  });

  it('publish nothing where the preset does without, and then no silence is an alarm', () => {
    const template = drawStack({ HEADRACE_PRESET: 'development' });
    const states = propertiesOf(template, 'AWS::Events::Rule').map(({ State }) => State);
    expect(states.filter(state => state === 'DISABLED').length).toBeGreaterThan(0);
    expect(propertiesOf(template, 'AWS::CloudWatch::Alarm').map(({ AlarmName }) => AlarmName)).not.toContain(
      'headrace-silence',
    );
  });
});
