/**
 * What watches all of it: alarms, objectives, a dashboard and who is told; what a month may cost; what scales a service of
 * the user's; and the functions that measure.
 */

import { CfnOutput } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';
import { SCALING } from '../../shared/scaling/presets.ts';
import { problemsOf, targetsOf } from '../../shared/scaling/targets.ts';
import { refuseElsewhere } from '../check-together.ts';
import type { Topology } from '../check-topology.ts';
import type { AlarmTopicsProps } from '../constructs/alarm-topics.ts';
import { DeployedStack, type DeployedStackProps, nameOf } from '../constructs/deployed-stack.ts';
import { JobServices } from '../constructs/job-services.ts';
import { ScaledTarget } from '../constructs/scaled-target.ts';
import { metricsNamespace, Watching } from '../constructs/watching.ts';
import type { GivenTargets } from '../constructs/watching-access.ts';
import type { Deployment } from '../deployment.ts';
import { scalingMetrics } from '../monitoring/scaling-metrics.ts';
import { drawFunctions } from './parts.ts';

export interface MonitoringStackProps extends DeployedStackProps {
  readonly topology: Topology;
  /** What headrace.config.ts names to be scaled. @default nothing */
  readonly scaling?: GivenTargets | undefined;
  readonly keyPrefix?: string | undefined;
}

/** Of the month's budget: early enough to do something, and when it is spent. */
const WARNED_AT_PERCENT = [80, 100];

export class MonitoringStack extends DeployedStack {
  constructor(
    scope: Construct,
    id: string,
    { topology, scaling = {}, keyPrefix, ...props }: MonitoringStackProps,
  ) {
    super(scope, id, props);
    const { prefix, preset, runbookUrl, edgeRedisSecret } = this.deployment;
    const hasFigures = edgeRedisSecret !== undefined;
    const listeners = listenersOf(this.deployment);
    const { topics } = new Watching(this, 'watching', { prefix, preset, listeners, runbookUrl, hasFigures });
    for (const [severity, { topicArn }] of topics.topics)
      new CfnOutput(this, `${severity}-topic`, { value: topicArn });
    const jobs = new JobServices(this, 'jobs', { queues: Object.keys(topology.queues) });
    const targets = { ...serviceOf(this.deployment), ...scaling };
    drawFunctions(this, { name: 'monitoring', topology, jobs, watching: { targets, keyPrefix } });
    this.#scale(targets, topics.actions.warning);
    this.#drawBudget();
  }

  #scale(targets: GivenTargets, action: Watching['topics']['actions']['warning']): void {
    const namespace = metricsNamespace(this.deployment.prefix);
    const [problem] = problemsOf(targets);
    if (problem) throw new RangeError(problem.sentence);
    for (const { name, ...target } of targetsOf(targets)) {
      refuseElsewhere(`scaling.${name}.arn`, targets[name]?.arn ?? '', this.region);
      const metrics = scalingMetrics(target.place, namespace);
      new ScaledTarget(this, `scaled-${name}`, { ...target, name: nameOf(this, name), metrics, action });
    }
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

/** SERVICE_ARN, with the rules of the preset; what headrace.config.ts says of `service` wins. */
function serviceOf({ serviceArn, preset }: Deployment): GivenTargets {
  if (serviceArn === undefined) return {};
  return { service: { arn: serviceArn, rules: SCALING[preset].service } };
}

/** A topic of the user's own has its own listeners. Only pages wake somebody. */
function listenersOf(deployment: Deployment): AlarmTopicsProps['listeners'] {
  const { alarmTopicArn: topicArn, alarmEmail, alarmSlack: slack, alarmPagerDutySecret } = deployment;
  if (topicArn) return { page: { topicArn }, warning: { topicArn } };
  const told = { ...(alarmEmail && { emails: [alarmEmail] }), ...(slack && { slack }) };
  return { warning: told, page: { ...told, pagerDutySecret: alarmPagerDutySecret } };
}
