import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, it } from 'vitest';
import { ScaledTarget, type ScaledTargetProps } from '../../../infra/constructs/scaled-target.ts';
import { responseTimeMetric } from '../../../infra/monitoring/cloudwatch-signal.ts';
import { scalingMetrics } from '../../../infra/monitoring/scaling-metrics.ts';
import { placeOfArn } from '../../../shared/scaling/place.ts';
import { DEFAULT_ECS_RULES, DEFAULT_LAMBDA_RULES, type ScalingRule } from '../../../shared/scaling/rule.ts';
import { createStack } from '../drawing.ts';
import { propertiesOf } from './properties-of.ts';

const NAMESPACE = 'Headrace/Edge';
const SERVICE = 'arn:aws:ecs:eu-central-1:123456789012:service/shop/web';
const ALIAS = 'arn:aws:lambda:eu-central-1:123456789012:function:headrace-optimize-image:live';
const responseTime = responseTimeMetric(NAMESPACE);

describe('a target that scales', () => {
  const draw = (given: Partial<ScaledTargetProps> = {}) => {
    const stack = createStack();
    const place = given.place ?? placeOfArn(SERVICE, 'scaling.web.arn');
    const metrics = { 'response-time': responseTime };
    new ScaledTarget(stack, 'web', { name: 'web', rules: DEFAULT_ECS_RULES, metrics, ...given, place });
    return Template.fromStack(stack);
  };

  it('of the user’s own service has the mission’s numbers', () => {
    const template = draw();
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      ServiceNamespace: 'ecs',
      ResourceId: 'service/shop/web',
      ScalableDimension: 'ecs:service:DesiredCount',
      MinCapacity: 2,
      MaxCapacity: 10,
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        TargetValue: 70,
        ScaleInCooldown: 300,
        ScaleOutCooldown: 300,
        DisableScaleIn: false,
      },
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageMemoryUtilization' },
        TargetValue: 80,
      },
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyType: 'StepScaling',
      StepScalingPolicyConfiguration: {
        AdjustmentType: 'ChangeInCapacity',
        Cooldown: 300,
        StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
      },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Threshold: 2_000,
      ExtendedStatistic: 'p95',
      EvaluationPeriods: 5,
      DatapointsToAlarm: 3,
    });
    template.resourceCountIs('AWS::ApplicationAutoScaling::ScalingPolicy', 3);
  });

  it('steps and tells by what AWS and the edge measure', () => {
    const place = placeOfArn(SERVICE, 'arn');
    const [cpu] = DEFAULT_ECS_RULES as [ScalingRule];
    const rules: ScalingRule[] = [
      { ...cpu, policy: 'step' },
      { ...cpu, id: 'crowded', metric: 'queue-length', threshold: 1_000 },
      { ...cpu, id: 'full', metric: 'memory', threshold: 90, action: 'alert' },
    ];
    const template = draw({ rules, metrics: scalingMetrics(place, NAMESPACE) });
    const drawn = propertiesOf(template, 'AWS::CloudWatch::Alarm').map(({ MetricName, Threshold }) => [
      MetricName,
      Threshold,
    ]);
    expect(drawn.toSorted()).toEqual([
      ['CPUUtilization', 70],
      ['JobsWaiting', 1_000],
      ['MemoryUtilization', 90],
    ]);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'CPUUtilization',
      Dimensions: [
        { Name: 'ClusterName', Value: 'shop' },
        { Name: 'ServiceName', Value: 'web' },
      ],
    });
  });

  it('never says how many there are', () => {
    expect(JSON.stringify(draw().toJSON())).not.toMatch(
      /"DesiredCount"|ProvisionedConcurrentExecutions|"AWS::IAM::Role"/,
    );
  });

  it('steps both ways, or down alone', () => {
    const [high, low] = DEFAULT_ECS_RULES.map(
      (rule): ScalingRule => ({ ...rule, policy: 'step', amount: 2 }),
    );
    const metrics = { cpu: new Metric({ namespace: 'AWS/ECS', metricName: 'CPUUtilization' }) };
    const stepsOf = (rules: readonly (ScalingRule | undefined)[]) => {
      const drawn = draw({ rules: rules.filter(rule => rule !== undefined), metrics });
      const policies = propertiesOf(drawn, 'AWS::ApplicationAutoScaling::ScalingPolicy');
      const thresholds = propertiesOf(drawn, 'AWS::CloudWatch::Alarm').map(({ Threshold }) => Threshold);
      const steps = policies.map(one => JSON.stringify(one.StepScalingPolicyConfiguration));
      return {
        changes: steps.map(text => Number(/"ScalingAdjustment":(-?\d+)/.exec(text)?.[1])),
        thresholds,
      };
    };
    expect(stepsOf([high, low])).toEqual({ changes: [-2, 2], thresholds: [35, 70] });
    expect(stepsOf([low])).toEqual({ changes: [-2], thresholds: [35] });
  });

  it('of an alias follows what is used of its provisioned concurrency, and a schedule', () => {
    const schedules = [{ id: 'morning', cron: '0 7 ? * MON-FRI *', min: 5, max: 10 }];
    const template = draw({
      place: placeOfArn(ALIAS, 'scaling.images.arn'),
      rules: DEFAULT_LAMBDA_RULES,
      schedules,
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      ServiceNamespace: 'lambda',
      ResourceId: 'function:headrace-optimize-image:live',
      ScalableDimension: 'lambda:function:ProvisionedConcurrency',
      ScheduledActions: [
        {
          ScheduledActionName: 'morning',
          Schedule: 'cron(0 7 ? * MON-FRI *)',
          ScalableTargetAction: { MinCapacity: 5, MaxCapacity: 10 },
        },
      ],
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'LambdaProvisionedConcurrencyUtilization' },
        TargetValue: 0.7,
      },
    });
  });

  it('makes an alarm of a rule that only tells', () => {
    const [cpu] = DEFAULT_ECS_RULES as [ScalingRule];
    const rules: ScalingRule[] = [
      cpu,
      { ...cpu, id: 'told', metric: 'response-time', threshold: 900, action: 'alert' },
    ];
    draw({ rules }).hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'web-told',
      Threshold: 900,
    });
  });

  it.each<[string, Partial<ScaledTargetProps>]>([
    ['scaling rule slow: metric', { metrics: {} }],
    ['scaling rule cpu-high: metric cannot be had: AWS', { place: placeOfArn(ALIAS, 'arn') }],
    ['scaling rule cpu-high: min is 12', { rules: [{ ...(DEFAULT_ECS_RULES[0] as ScalingRule), min: 12 }] }],
    ['scaling of web: rules is empty', { rules: [] }],
    ['scaling rule night: cron', { schedules: [{ id: 'night', cron: 'nightly', min: 1, max: 2 }] }],
  ])('is refused when it is drawn: %s', (sentence, given) => {
    expect(() => draw(given)).toThrow(sentence);
  });
});
