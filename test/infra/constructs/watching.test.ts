import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { Watching } from '../../../infra/constructs/watching.ts';
import { estimateCost } from '../../../infra/monitoring/cost.ts';
import type { PresetName } from '../../../shared/monitoring/alerts/presets.ts';
import { createApp } from '../drawing.ts';
import { type Properties, propertiesOf } from './properties-of.ts';

const RUNBOOK = 'https://example.com/runbook#';

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
