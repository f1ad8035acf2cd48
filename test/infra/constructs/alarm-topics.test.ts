import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { AlarmTopics, type Listeners } from '../../../infra/constructs/alarm-topics.ts';
import { createStack } from '../drawing.ts';
import { propertiesOf } from './properties-of.ts';

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
