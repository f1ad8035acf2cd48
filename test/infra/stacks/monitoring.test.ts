/** What a preset says is watched and kept ready is what is drawn, counted both ways. */

import { describe, expect, it } from 'vitest';
import { topology } from '../../../infra/topology.ts';
import { BURN_PAIRS, OBJECTIVES } from '../../../shared/monitoring/alerts/objectives.ts';
import { rulesOfPreset, WATCHING } from '../../../shared/monitoring/alerts/presets.ts';
import { SCALING } from '../../../shared/scaling/presets.ts';
import { drawAll } from '../drawing.ts';

const PRESETS = ['development', 'costOptimized', 'highPerformance'] as const;

describe.each(PRESETS)('with the preset %s', preset => {
  // Where the edge counts is known by the secret of the jobs.
  const drawn = drawAll({ topology }, { HEADRACE_PRESET: preset });

  it('every rule has its alarm, and every alarm its rule or objective', () => {
    const rules = rulesOfPreset(preset);
    const pairs = WATCHING[preset].objectives
      ? OBJECTIVES.flatMap(({ id }) => BURN_PAIRS.map(pair => `headrace-${id}-burn-${pair.id}`))
      : [];
    const expected = [
      ...rules.map(({ id }) => `headrace-${id}`),
      // Figures that do not come at all are an alarm of their own.
      ...(WATCHING[preset].publishes && rules.length > 0 ? ['headrace-silence'] : []),
      ...(rules.some(({ isQuietable }) => isQuietable) ? ['headrace-quiet'] : []),
      ...pairs.flatMap(pair => [`${pair}-long`, `${pair}-short`]),
    ];
    const alarms = drawn.of('AWS::CloudWatch::Alarm').filter(({ stack }) => stack === 'monitoring');
    expect(alarms.map(({ Properties }) => Properties.AlarmName).toSorted()).toEqual(expected.toSorted());
  });

  it('there is one dashboard, or none', () => {
    const dashboards = drawn
      .of('AWS::CloudWatch::Dashboard')
      .map(({ Properties }) => Properties.DashboardName);
    expect(dashboards).toEqual(WATCHING[preset].dashboard ? ['headrace-edge'] : []);
  });

  it('as many image functions are kept ready as its rules say', () => {
    const [rule] = SCALING[preset].images;
    const targets = drawn
      .of('AWS::ApplicationAutoScaling::ScalableTarget')
      .map(({ Properties }) => [Properties.MinCapacity, Properties.MaxCapacity, Properties.ResourceId]);
    expect(targets).toEqual(rule ? [[rule.min, rule.max, 'function:headrace-optimize-image:live']] : []);
  });
});

describe('who is told', () => {
  it('is a topic of the user’s own, or those who listen', () => {
    const ours = drawAll({ topology }, { ALARM_EMAIL: 'ops@example.com' });
    const subscriptions = ours
      .of('AWS::SNS::Subscription')
      .filter(({ Properties }) => Properties.Protocol === 'email');
    expect(subscriptions.length).toBeGreaterThan(0);
    const own = drawAll({ topology }, { ALARM_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:ours' });
    const actions = own
      .of('AWS::CloudWatch::CompositeAlarm')
      .flatMap(({ Properties }) => Properties.AlarmActions ?? []);
    expect(new Set(actions)).toEqual(new Set(['arn:aws:sns:us-east-1:123456789012:ours']));
  });

  it('may be named by NOTIFY_TARGETS: of topics, those of this deployment and the one for alarms', () => {
    const ours = 'arn:aws:sns:us-east-1:123456789012:ours';
    const drawn = drawAll({ topology }, { NOTIFY_SECRET: 'shop/notify', ALARM_TOPIC_ARN: ours });
    const publishing = drawn
      .of('AWS::IAM::Policy')
      .filter(({ Properties }) => JSON.stringify(Properties).includes('"sns:Publish"'));
    expect(publishing.map(({ id }) => id)).toEqual([expect.stringContaining('processnotifications')]);
    const text = JSON.stringify(publishing[0]?.Properties);
    expect(text).toContain(ours);
    expect(text).toContain(':headrace-*');
  });

  it('hears of the budget at four fifths of it and at the whole', () => {
    const drawn = drawAll({ topology }, { ALARM_EMAIL: 'ops@example.com', BUDGET_USD: '40' });
    const budget = drawn.only('AWS::Budgets::Budget');
    expect(budget.Budget.BudgetLimit).toEqual({ Amount: 40, Unit: 'USD' });
    const thresholds = budget.NotificationsWithSubscribers.map(({ Notification }) => Notification.Threshold);
    expect(thresholds).toEqual([80, 100]);
  });
});

describe('a service of the user’s own', () => {
  it('is scaled by the preset’s rules', () => {
    const SERVICE_ARN = 'arn:aws:ecs:us-east-1:123456789012:service/shop/web';
    const targets = drawAll({ topology }, { SERVICE_ARN, HEADRACE_PRESET: 'costOptimized' })
      .of('AWS::ApplicationAutoScaling::ScalableTarget')
      .map(({ Properties }) => [Properties.ResourceId, Properties.MinCapacity, Properties.MaxCapacity]);
    expect(targets).toEqual([['service/shop/web', 1, 6]]);
  });
});
