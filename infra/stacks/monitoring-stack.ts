/**
 * What watches all of it: the topic that alarms go to, what a month may cost, and the functions that measure.
 */

import { CfnOutput } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Topology } from '../check-topology.ts';
import { DeployedStack, type DeployedStackProps, nameOf } from '../constructs/deployed-stack.ts';
import { JobServices } from '../constructs/job-services.ts';
import { drawFunctions } from './parts.ts';

export interface MonitoringStackProps extends DeployedStackProps {
  readonly topology: Topology;
}

/** Of the month's budget: early enough to do something, and when it is spent. */
const WARNED_AT_PERCENT = [80, 100];

export class MonitoringStack extends DeployedStack {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, { topology, ...props }: MonitoringStackProps) {
    super(scope, id, props);
    this.topic = this.#openTopic();
    new CfnOutput(this, 'alarm-topic', { value: this.topic.topicArn });
    const jobs = new JobServices(this, 'jobs', { queues: Object.keys(topology.queues) });
    drawFunctions(this, { name: 'monitoring', topology, jobs });
    this.#drawBudget();
  }

  #openTopic(): ITopic {
    const { alarmTopicArn, alarmEmail } = this.deployment;
    if (alarmTopicArn) return Topic.fromTopicArn(this, 'own-topic', alarmTopicArn);
    const topic = new Topic(this, 'alarms', { topicName: nameOf(this, 'alarms'), enforceSSL: true });
    if (alarmEmail) topic.addSubscription(new EmailSubscription(alarmEmail));
    return topic;
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
