/**
 * All that a preset watches, drawn: topics, alarms, burn rates, one dashboard.
 *
 * Cost    infra/monitoring/cost.ts adds it up for each preset
 */

import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { OBJECTIVES } from '../../shared/monitoring/alerts/objectives.ts';
import { type PresetName, rulesOfPreset, WATCHING } from '../../shared/monitoring/alerts/presets.ts';
import { AlarmTopics, type AlarmTopicsProps } from './alarm-topics.ts';
import { Alarms } from './alarms.ts';
import { BurnRateAlarms } from './burn-rate-alarms.ts';
import { EdgeDashboard } from './edge-dashboard.ts';

export interface WatchingProps {
  readonly prefix: string;
  readonly preset: PresetName;
  readonly listeners: AlarmTopicsProps['listeners'];
  /** Where infra/runbooks/alarms.md can be read, such as its address in your repository. */
  readonly runbookUrl: string;
  /** Whether the function that publishes figures is called at all. */
  readonly hasFigures: boolean;
}

/** What publish-metrics writes to; two deployments of one account do not mix. */
export function metricsNamespace(prefix: string): string {
  return `${prefix}/edge`;
}

export class Watching extends Construct {
  readonly topics: AlarmTopics;
  readonly alarms: readonly IAlarm[];

  constructor(
    scope: Construct,
    id: string,
    { prefix, preset, listeners, runbookUrl, hasFigures }: WatchingProps,
  ) {
    super(scope, id);
    const { objectives, dashboard, publishes } = WATCHING[preset];
    const expectsFigures = publishes && hasFigures;
    const [namespace, runbook] = [metricsNamespace(prefix), `${runbookUrl}#`];
    this.topics = new AlarmTopics(this, 'topics', { prefix, listeners });
    const common = { prefix, namespace, runbook, actions: this.topics.actions };
    const { byRule } = new Alarms(this, 'rules', { ...common, expectsFigures, rules: rulesOfPreset(preset) });
    const { byPair } = new BurnRateAlarms(this, 'objectives', {
      ...common,
      objectives: objectives ? OBJECTIVES : [],
    });
    this.alarms = [...byRule.values(), ...byPair.values()];
    if (dashboard)
      new EdgeDashboard(this, 'dashboard', {
        name: `${prefix}-edge`,
        namespace,
        alarms: this.alarms,
        runbook: runbookUrl,
      });
  }
}
