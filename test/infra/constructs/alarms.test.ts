/** The alarms, those on promises and the dashboard, drawn into one stack as they are deployed. */

import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { AlarmTopics } from '../../../infra/constructs/alarm-topics.ts';
import { Alarms } from '../../../infra/constructs/alarms.ts';
import { BurnRateAlarms } from '../../../infra/constructs/burn-rate-alarms.ts';
import { EdgeDashboard } from '../../../infra/constructs/edge-dashboard.ts';
import { MEASURES } from '../../../shared/monitoring/alerts/measures.ts';
import { BURN_PAIRS, OBJECTIVES } from '../../../shared/monitoring/alerts/objectives.ts';
import { PANELS } from '../../../shared/monitoring/alerts/panels.ts';
import { ALERT_RULES } from '../../../shared/monitoring/alerts/rules.ts';
import { measuresOf } from '../../../shared/monitoring/alerts/signal.ts';
import { MARKER } from '../../../shared/monitoring/publishing/limits.ts';
import { createApp } from '../drawing.ts';
import { propertiesOf } from './properties-of.ts';

const NAMESPACE = 'Headrace/Edge';
const RUNBOOK = 'https://example.com/runbook#';

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
