/**
 * What watches all of it: alarms, objectives, a dashboard and who is told; what a month may cost; what scales a service of
 * the user's; and the functions that measure.
 */

import { CfnOutput } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';
import { placeOfArn } from '../../shared/scaling/place.ts';
import { SCALING } from '../../shared/scaling/presets.ts';
import type { Topology } from '../check-topology.ts';
import type { AlarmTopicsProps } from '../constructs/alarm-topics.ts';
import { DeployedStack, type DeployedStackProps, nameOf } from '../constructs/deployed-stack.ts';
import { JobServices } from '../constructs/job-services.ts';
import { ScaledTarget } from '../constructs/scaled-target.ts';
import { metricsNamespace, Watching } from '../constructs/watching.ts';
import type { Deployment } from '../deployment.ts';
import { responseTimeMetric } from '../monitoring/cloudwatch-signal.ts';
import { drawFunctions } from './parts.ts';

export interface MonitoringStackProps extends DeployedStackProps {
  readonly topology: Topology;
}

/** Of the month's budget: early enough to do something, and when it is spent. */
const WARNED_AT_PERCENT = [80, 100];

export class MonitoringStack extends DeployedStack {
  constructor(scope: Construct, id: string, { topology, ...props }: MonitoringStackProps) {
    super(scope, id, props);
    const { prefix, preset, runbookUrl } = this.deployment;
    const listeners = listenersOf(this.deployment);
    const { topics } = new Watching(this, 'watching', { prefix, preset, listeners, runbookUrl });
    for (const [severity, { topicArn }] of topics.topics)
      new CfnOutput(this, `${severity}-topic`, { value: topicArn });
    const jobs = new JobServices(this, 'jobs', { queues: Object.keys(topology.queues) });
    drawFunctions(this, { name: 'monitoring', topology, jobs });
    this.#scaleService(topics.actions.warning);
    this.#drawBudget();
  }

  #scaleService(action: Watching['topics']['actions']['warning']): void {
    const { serviceArn, preset, prefix } = this.deployment;
    if (serviceArn === undefined) return;
    new ScaledTarget(this, 'service', {
      name: nameOf(this, 'service'),
      place: placeOfArn(serviceArn, 'SERVICE_ARN'),
      rules: SCALING[preset].service,
      metrics: { 'response-time': responseTimeMetric(metricsNamespace(prefix)) },
      action,
    });
  }

  #drawBudget(): void {
    const { budgetUsd, alarmEmail } = this.deployment;
    if (budgetUsd === undefined || alarmEmail === undefined) return;
    new CfnBudget(this, 'budget', {
      budget: {
        budgetName: nameOf(this, 'month'),
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: budgetUsd, unit: 'USD' },
      },
      notificationsWithSubscribers: WARNED_AT_PERCENT.map(threshold => ({
        notification: { notificationType: 'ACTUAL', comparisonOperator: 'GREATER_THAN', threshold },
        subscribers: [{ subscriptionType: 'EMAIL', address: alarmEmail }],
      })),
    });
  }
}

/** A topic of the user's own has its own listeners. Only pages wake somebody. */
function listenersOf(deployment: Deployment): AlarmTopicsProps['listeners'] {
  const { alarmTopicArn: topicArn, alarmEmail, alarmSlack: slack, alarmPagerDutySecret } = deployment;
  if (topicArn) return { page: { topicArn }, warning: { topicArn } };
  const told = { ...(alarmEmail && { emails: [alarmEmail] }), ...(slack && { slack }) };
  return { warning: told, page: { ...told, pagerDutySecret: alarmPagerDutySecret } };
}
