/** The constructs that watch and scale, in one file: loading CDK takes longer than all that is asked of it here. */

import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { beforeAll, describe, expect, it } from 'vitest';
import { AlarmTopics, type Listeners } from '../../../infra/constructs/alarm-topics.ts';
import { Alarms } from '../../../infra/constructs/alarms.ts';
import { BurnRateAlarms } from '../../../infra/constructs/burn-rate-alarms.ts';
import { EdgeDashboard } from '../../../infra/constructs/edge-dashboard.ts';
import { ScaledTarget, type ScaledTargetProps } from '../../../infra/constructs/scaled-target.ts';
import { Watching } from '../../../infra/constructs/watching.ts';
import { readDeployment } from '../../../infra/deployment.ts';
import { responseTimeMetric } from '../../../infra/monitoring/cloudwatch-signal.ts';
import { estimateCost } from '../../../infra/monitoring/cost.ts';
import { scalingMetrics } from '../../../infra/monitoring/scaling-metrics.ts';
import { MonitoringStack } from '../../../infra/stacks/monitoring-stack.ts';
import { topology } from '../../../infra/topology.ts';
import { MEASURES } from '../../../shared/monitoring/alerts/measures.ts';
import { BURN_PAIRS, OBJECTIVES } from '../../../shared/monitoring/alerts/objectives.ts';
import { PANELS } from '../../../shared/monitoring/alerts/panels.ts';
import type { PresetName } from '../../../shared/monitoring/alerts/presets.ts';
import { ALERT_RULES } from '../../../shared/monitoring/alerts/rules.ts';
import { measuresOf } from '../../../shared/monitoring/alerts/signal.ts';
import { MARKER } from '../../../shared/monitoring/publishing/limits.ts';
import { placeOfArn } from '../../../shared/scaling/place.ts';
import { DEFAULT_ECS_RULES, DEFAULT_LAMBDA_RULES, type ScalingRule } from '../../../shared/scaling/rule.ts';
import { createApp, createStack } from '../drawing.ts';

const NAMESPACE = 'Headrace/Edge';
const RUNBOOK = 'https://example.com/runbook#';
const SERVICE = 'arn:aws:ecs:eu-central-1:123456789012:service/shop/web';
const ALIAS = 'arn:aws:lambda:eu-central-1:123456789012:function:headrace-optimize-image:live';
const responseTime = responseTimeMetric(NAMESPACE);

type Properties = Record<string, unknown> & { readonly AlarmName?: string };

function propertiesOf(template: Template, type: string): Properties[] {
  return Object.values(template.findResources(type)).map(({ Properties }) => Properties);
}

describe('the alarms, drawn', () => {
  let template: Template;
  beforeAll(() => {
    const stack = new Stack(createApp(), 'Alarms');
    const listeners = { page: { emails: ['ops@example.com'] }, warning: { emails: ['dev@example.com'] } };
    const { actions } = new AlarmTopics(stack, 'topics', { prefix: 'shop', listeners });
    const common = { prefix: 'shop', namespace: NAMESPACE, actions, runbook: RUNBOOK };
    const { byRule } = new Alarms(stack, 'alarms', { ...common, rules: ALERT_RULES(), expectsFigures: true });
    const { byPair } = new BurnRateAlarms(stack, 'burn', { ...common, objectives: OBJECTIVES });
    const alarms = [...byRule.values(), ...byPair.values()];
    new EdgeDashboard(stack, 'dash', { name: 'shop', namespace: NAMESPACE, alarms, runbook: RUNBOOK });
    template = Template.fromStack(stack);
  });

  it('are one for each rule, one that keeps others quiet, and two for each pair of windows: no more and no fewer', () => {
    const names = propertiesOf(template, 'AWS::CloudWatch::Alarm').map(({ AlarmName }) => AlarmName);
    const pairs = OBJECTIVES.flatMap(({ id }) => BURN_PAIRS.map(pair => `shop-${id}-burn-${pair.id}`));
    const expected = [
      ...ALERT_RULES().map(({ id }) => `shop-${id}`),
      'shop-quiet',
      'shop-silence',
      ...pairs.flatMap(pair => [`${pair}-long`, `${pair}-short`]),
    ];
    expect(names.toSorted()).toEqual(expected.toSorted());
  });

  it.each(ALERT_RULES().map(rule => [rule.id, rule] as const))(
    '%s has its numbers and its page',
    (id, rule) => {
      const { signal, operator, threshold, window, says, severity } = rule;
      const drawn = propertiesOf(template, 'AWS::CloudWatch::Alarm').find(
        one => one.AlarmName === `shop-${id}`,
      );
      const isAnomaly = signal.kind === 'surge';
      expect(drawn).toMatchObject({
        AlarmDescription: `${says} (${severity}). What to do: ${RUNBOOK}${id}`,
        EvaluationPeriods: window.periods,
        DatapointsToAlarm: window.breaching,
        TreatMissingData: 'notBreaching',
        ...(!isAnomaly && { Threshold: threshold }),
        ComparisonOperator: isAnomaly
          ? 'GreaterThanUpperThreshold'
          : operator === '>'
            ? 'GreaterThanThreshold'
            : 'LessThanThreshold',
      });
      const text = JSON.stringify(drawn);
      for (const measure of measuresOf(signal)) expect(text).toContain(`"MetricName":"${measure}"`);
      expect(text).toContain(`"Period":${window.periodMs / 1_000}`);
      if (rule.minimumSamples > 0 && !isAnomaly)
        expect(text).toMatch(new RegExp(`IF\\(\\w+ >= ${rule.minimumSamples}, `));
    },
  );

  it('name no figure that is not published', () => {
    const text = JSON.stringify(template.toJSON());
    const named = [...text.matchAll(/"MetricName":"(\w+)"/g)].map(([, name]) => name);
    const foreign = new Set(named.filter(name => !(String(name) in MEASURES)));
    expect([...foreign].toSorted()).toEqual(['BurnRate', MARKER]);
  });

  it('call people by the severity’s topic, and say when it is over', () => {
    const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm');
    for (const rule of ALERT_RULES().filter(({ isQuietable }) => !isQuietable)) {
      const alarm = alarms.find(one => one.AlarmName === `shop-${rule.id}`);
      const told = rule.severity === 'info' ? undefined : [{ Ref: Match.anyValue() }];
      if (told === undefined) expect([alarm?.AlarmActions, alarm?.OKActions]).toEqual([undefined, undefined]);
      else expect(JSON.stringify(alarm?.AlarmActions)).toContain(`topics${rule.severity}`);
      expect(alarm?.OKActions).toEqual(alarm?.AlarmActions);
    }
  });

  it('are silent for a quarter of an hour after a deployment or a purge of everything, where that explains them', () => {
    const quietable = ALERT_RULES().filter(({ isQuietable }) => isQuietable);
    const composites = propertiesOf(template, 'AWS::CloudWatch::CompositeAlarm');
    for (const { id } of quietable) {
      const drawn = composites.find(one => one.AlarmName === `shop-${id}-told`);
      expect(JSON.stringify(drawn?.ActionsSuppressor)).toContain('quiet');
      expect(drawn).toMatchObject({ ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 60 });
    }
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'shop-quiet',
      MetricName: 'Quiet',
      Period: 900,
      Threshold: 0,
    });
    expect(composites).toHaveLength(quietable.length + OBJECTIVES.length * BURN_PAIRS.length);
  });

  it('see no more than a day: three days are an objective’s own burn rate', () => {
    for (const alarm of propertiesOf(template, 'AWS::CloudWatch::Alarm')) {
      const periods = [...JSON.stringify(alarm).matchAll(/"Period":(\d+)/g)].map(([, seconds]) =>
        Number(seconds),
      );
      expect(Math.max(...periods) * Number(alarm.EvaluationPeriods)).toBeLessThanOrEqual(86_400);
      expect(periods.every(seconds => seconds % 60 === 0)).toBe(true);
    }
    template.resourceCountIs('AWS::ApplicationSignals::ServiceLevelObjective', OBJECTIVES.length);
    template.hasResourceProperties('AWS::ApplicationSignals::ServiceLevelObjective', {
      Name: 'shop-availability',
      Goal: { AttainmentGoal: 99.9, Interval: { RollingInterval: { Duration: 30, DurationUnit: 'DAY' } } },
      BurnRateConfigurations: [{ LookBackWindowMinutes: 4_320 }, { LookBackWindowMinutes: 360 }],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'shop-availability-burn-slow-long',
      Namespace: 'AWS/ApplicationSignals',
      Dimensions: Match.arrayWith([{ Name: 'BurnRateWindowMinutes', Value: '4320' }]),
    });
  });

  it('tell when no figure arrives any more', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'shop-silence',
      MetricName: MARKER,
      Statistic: 'SampleCount',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      EvaluationPeriods: 5,
      TreatMissingData: 'breaching',
    });
  });

  it('burn by two windows at once', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'shop-availability-burn-fast-long',
      Threshold: 14.4,
      Metrics: Match.arrayWith([Match.objectLike({ Expression: 'IF(n > 0, FILL(bad, 0) / n / 0.001)' })]),
    });
    template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      AlarmName: 'shop-availability-burn-fast',
      AlarmRule: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(' AND ')])] },
    });
  });

  it('stand on one dashboard, with every panel', () => {
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
    const body = JSON.stringify(propertiesOf(template, 'AWS::CloudWatch::Dashboard'));
    for (const { title } of PANELS) expect(body).toContain(title);
    expect(body).toContain('"type\\":\\"alarm');
  });
});

describe('what a preset draws', () => {
  const draw = (preset: PresetName) => {
    const stack = new Stack(createApp(), 'Preset');
    new Watching(stack, 'watching', {
      prefix: 'shop',
      preset,
      listeners: {},
      runbookUrl: RUNBOOK,
      hasFigures: true,
    });
    return Template.fromStack(stack);
  };
  /** As CloudWatch bills: by the metrics an alarm looks at; what learns what is usual counts as three. */
  const billed = (alarm: Properties) => {
    const queries = (alarm.Metrics ?? []) as readonly { readonly MetricStat?: object }[];
    if (JSON.stringify(queries).includes('ANOMALY_DETECTION_BAND')) return 3;
    return Math.max(1, queries.filter(({ MetricStat }) => MetricStat !== undefined).length);
  };

  it.each(['development', 'costOptimized', 'highPerformance'] as const)(
    '%s costs what is said of it',
    preset => {
      const template = draw(preset);
      const looked = propertiesOf(template, 'AWS::CloudWatch::Alarm').reduce(
        (sum, alarm) => sum + billed(alarm),
        0,
      );
      const composites = propertiesOf(template, 'AWS::CloudWatch::CompositeAlarm').length;
      const said = estimateCost(preset).lines.filter(
        ({ what }) => what === 'alarms' || what === 'objectives',
      );
      expect(said.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(looked * 0.1 + composites * 0.5, 2);
      template.resourceCountIs('AWS::CloudWatch::Dashboard', preset === 'development' ? 0 : 1);
    },
  );
});

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

describe('who is told', () => {
  const draw = (page: Listeners) => {
    const stack = createStack();
    const topics = new AlarmTopics(stack, 'topics', { prefix: 'shop', listeners: { page } });
    return { topics, template: Template.fromStack(stack) };
  };

  it('is a Slack channel that may look and do nothing', () => {
    const { template } = draw({ slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' } });
    template.hasResourceProperties('AWS::Chatbot::SlackChannelConfiguration', {
      SlackWorkspaceId: 'T0123ABCD',
      SlackChannelId: 'C0123ABCD',
      GuardrailPolicies: [{ Ref: Match.anyValue() }],
    });
    const actions = JSON.stringify(propertiesOf(template, 'AWS::IAM::ManagedPolicy'));
    expect([...actions.matchAll(/"Action":"([^"]+)"/g)].map(([, action]) => action)).toEqual([
      'cloudwatch:DescribeAlarms',
    ]);
  });

  it('is one Slack channel for all severities by one configuration: AWS takes no second one of a channel', () => {
    const stack = createStack();
    const slack = { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' };
    const listeners = { warning: { slack }, page: { slack }, info: { slack: { ...slack, channelId: 'C9' } } };
    new AlarmTopics(stack, 'topics', { prefix: 'shop', listeners });
    const drawn = propertiesOf(Template.fromStack(stack), 'AWS::Chatbot::SlackChannelConfiguration');
    const heard = drawn.map(({ SlackChannelId, SnsTopicArns }) => [
      SlackChannelId,
      (SnsTopicArns as readonly object[]).length,
    ]);
    expect(Object.fromEntries(heard)).toEqual({ C9: 1, C0123ABCD: 2 });
  });

  it('is PagerDuty, whose address never stands in the template', () => {
    const { template } = draw({ pagerDutySecret: 'shop/pagerduty' });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'https',
      Endpoint: '{{resolve:secretsmanager:shop/pagerduty:SecretString:::}}',
    });
  });

  it('that could not be told is not forgotten', () => {
    const { template } = draw({ emails: ['ops@example.com'], pagerDutySecret: 'shop/pagerduty' });
    for (const subscription of propertiesOf(template, 'AWS::SNS::Subscription'))
      expect(JSON.stringify(subscription.RedrivePolicy)).toContain('untold');
    template.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 1_209_600 });
  });

  it('hears over TLS only', () => {
    const { template } = draw({ emails: ['ops@example.com'] });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('hears of the alarms of this account, and of no other’s', () => {
    const { template } = draw({ emails: ['ops@example.com'] });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
          }),
        ]),
      },
    });
  });

  it('may be a topic of the user’s own, which is left as it is', () => {
    const { topics, template } = draw({ topicArn: 'arn:aws:sns:eu-central-1:123456789012:alarms' });
    expect(topics.actions.page).toBeDefined();
    template.resourceCountIs('AWS::SNS::Topic', 0);
  });

  it('is nobody where nobody is named', () => {
    const { topics, template } = draw({ emails: [] });
    expect(topics.actions).toEqual({});
    template.resourceCountIs('AWS::SNS::Topic', 0);
  });

  it.each<[string, Listeners]>([
    ['topicArn', { topicArn: 'alarms' }],
    ['topicArn', { topicArn: 'arn:aws:sns:eu-central-1:123456789012:alarms', emails: ['a@example.com'] }],
    ['emails', { emails: ['nobody'] }],
    ['slack.workspaceId', { slack: { workspaceId: 'shop', channelId: 'C1' } }],
    ['slack.channelId', { slack: { workspaceId: 'T1', channelId: '#ops' } }],
  ])('is refused by the name alarms.page.%s', (setting, page) => {
    expect(() => draw(page)).toThrow(`alarms.page.${setting}`);
  });
});

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
