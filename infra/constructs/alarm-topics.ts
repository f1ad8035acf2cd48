/**
 * Where alarms are told: a topic for each severity that somebody listens to, or one of the user's own; and who listens, by
 * e-mail, in a Slack channel, or through PagerDuty.
 *
 * E-mail must be confirmed by who gets it. A Slack workspace is authorised once in the console of Amazon Q Developer in chat
 * applications; its id is then given here. PagerDuty's address is that of a service's Amazon CloudWatch integration: it holds
 * a key, so it comes from a secret.
 *
 * Errors  RangeError naming the setting, for what AWS would refuse when it is deployed
 */

import { Stack } from 'aws-cdk-lib';
import { SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SEVERITIES, type Severity } from '../../shared/monitoring/alerts/rule.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import { drawDeadLetters } from './dead-letters.ts';
import { secretText } from './secret-text.ts';

export interface Listeners {
  /** One of yours, which nothing else here is added to. */
  readonly topicArn?: string | undefined;
  readonly emails?: readonly string[] | undefined;
  readonly slack?: { readonly workspaceId: string; readonly channelId: string } | undefined;
  /** Of Secrets Manager: its text is the https address of a PagerDuty integration. */
  readonly pagerDutySecret?: string | undefined;
}

export interface AlarmTopicsProps {
  readonly prefix: string;
  readonly listeners: Readonly<Partial<Record<Severity, Listeners>>>;
}

export class AlarmTopics extends Construct {
  readonly actions: Readonly<Partial<Record<Severity, IAlarmAction>>>;
  readonly topics: ReadonlyMap<Severity, ITopic>;
  #untold: Queue | undefined;

  constructor(scope: Construct, id: string, { prefix, listeners }: AlarmTopicsProps) {
    super(scope, id);
    const given = SEVERITIES.flatMap(severity => {
      const to = listeners[severity];
      return to && hasAny(to) ? [[severity, to] as const] : [];
    });
    for (const [severity, to] of given) refuseWrong(severity, to);
    this.topics = new Map(
      given.map(([severity, to]) => [
        severity,
        to.topicArn ? Topic.fromTopicArn(this, severity, to.topicArn) : this.#draw(severity, to, prefix),
      ]),
    );
    this.#openChannels(given, prefix);
    this.actions = Object.fromEntries(
      [...this.topics].map(([severity, topic]) => [severity, new SnsAction(topic)]),
    );
  }

  #draw(severity: Severity, { emails = [], pagerDutySecret }: Listeners, prefix: string): Topic {
    const name = `${prefix}-alarms-${severity}`;
    const topic = new Topic(this, severity, {
      topicName: name,
      displayName: `Headrace ${severity}`,
      enforceSSL: true,
    });
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        resources: [topic.topicArn],
        // CloudWatch speaks for every account: only what it says of this one's alarms is taken.
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnLike: { 'aws:SourceArn': this.#alarmsArn() },
        },
      }),
    );
    for (const email of emails)
      topic.addSubscription(new EmailSubscription(email, { deadLetterQueue: this.#untoldQueue() }));
    if (pagerDutySecret)
      new Subscription(this, `${severity}-pagerduty`, {
        topic,
        protocol: SubscriptionProtocol.HTTPS,
        endpoint: secretText(pagerDutySecret),
        deadLetterQueue: this.#untoldQueue(),
      });
    return topic;
  }

  /** One configuration for each channel, whatever severities it hears of: AWS takes no second one of the same channel. */
  #openChannels(given: readonly (readonly [Severity, Listeners])[], prefix: string): void {
    const heard = given.filter(([, { slack }]) => slack);
    const byChannel = Map.groupBy(heard, ([, { slack }]) => `${slack?.workspaceId}/${slack?.channelId}`);
    for (const severities of byChannel.values()) {
      const [[first, { slack }]] = severities as [readonly [Severity, Listeners]];
      const topics = severities.flatMap(([severity]) => this.topics.get(severity) ?? []);
      if (slack) this.#openChannel(`${prefix}-alarms-${first}`, slack, topics);
    }
  }

  /** Who writes in the channel may look at alarms, and do nothing. */
  #openChannel(
    name: string,
    { workspaceId, channelId }: NonNullable<Listeners['slack']>,
    topics: ITopic[],
  ): void {
    const role = new Role(this, `${name}-chat-role`, {
      assumedBy: new ServicePrincipal('chatbot.amazonaws.com'),
    });
    const guard = new ManagedPolicy(this, `${name}-chat-guard`, {
      statements: [
        new PolicyStatement({
          actions: ['cloudwatch:DescribeAlarms'],
          resources: [this.#alarmsArn()],
        }),
      ],
    });
    acknowledgeWildcard(
      guard,
      this.#alarmsArn(),
      'Whoever writes in the channel may look at any alarm, and change none.',
    );
    role.addManagedPolicy(guard);
    new SlackChannelConfiguration(this, `${name}-chat`, {
      slackChannelConfigurationName: name,
      slackWorkspaceId: workspaceId,
      slackChannelId: channelId,
      notificationTopics: topics,
      role,
      guardrailPolicies: [guard],
    });
  }

  /** What could be told to nobody lies there for two weeks. */
  #untoldQueue(): Queue {
    this.#untold ??= drawDeadLetters(this, 'untold');
    return this.#untold;
  }

  #alarmsArn(): string {
    const { partition, region, account } = Stack.of(this);
    return `arn:${partition}:cloudwatch:${region}:${account}:alarm:*`;
  }
}

function hasAny({ topicArn, emails = [], slack, pagerDutySecret }: Listeners): boolean {
  return Boolean(topicArn ?? slack ?? pagerDutySecret) || emails.length > 0;
}

function refuseWrong(severity: Severity, { topicArn, emails = [], slack }: Listeners): void {
  const refuse = (setting: string, words: string): never => {
    throw new RangeError(`alarms.${severity}.${setting} ${words}`);
  };
  if (topicArn && !/^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/.test(topicArn))
    refuse('topicArn', `is no topic's ARN: ${topicArn}`);
  if (topicArn && (emails.length > 0 || slack)) refuse('topicArn', 'is yours: add who listens to it there');
  const wrong = emails.find(email => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email));
  if (wrong !== undefined) refuse('emails', `has what is no address: ${wrong}`);
  if (slack && !/^T[0-9A-Z]{1,255}$/.test(slack.workspaceId))
    refuse('slack.workspaceId', 'must be like T0123ABCD');
  if (slack && !/^[A-Za-z0-9]{1,255}$/.test(slack.channelId))
    refuse('slack.channelId', 'must be like C0123ABCD');
}
