/**
 * What tests look at in a template, by the type of the resource; what else CloudFormation takes stands there too.
 *
 * Source  CloudFormation Template Reference, the names as they stand there
 */

import type { DrawnCachePolicy, DrawnDistribution, DrawnHeadersPolicy } from '../fakes/drawn-delivery.ts';

interface Attribute {
  readonly 'Fn::GetAtt': readonly [id: string, attribute: string];
}

interface Reference {
  readonly Ref: string;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal: { readonly Service: string };
  readonly Condition: { readonly ArnLike: Readonly<Record<string, unknown>> };
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}

interface Origin {
  readonly Id: string;
  readonly OriginAccessControlId: Attribute;
  readonly CustomOriginConfig: { readonly OriginReadTimeout: number };
}

interface Behavior {
  readonly FunctionAssociations: readonly { readonly EventType: string }[];
  readonly LambdaFunctionAssociations: readonly [
    { readonly EventType: string; readonly LambdaFunctionARN: unknown },
  ];
}

export interface LookedAt {
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    readonly MinCapacity: number;
    readonly MaxCapacity: number;
    readonly ResourceId: string;
  };
  'AWS::Budgets::Budget': {
    readonly Budget: { readonly BudgetLimit: unknown };
    readonly NotificationsWithSubscribers: readonly {
      readonly Notification: { readonly Threshold: number };
    }[];
  };
  'AWS::CloudFront::CachePolicy': { readonly CachePolicyConfig: DrawnCachePolicy };
  'AWS::CloudFront::Distribution': {
    readonly DistributionConfig: DrawnDistribution & {
      readonly CacheBehaviors: readonly [Behavior];
      readonly Origins: readonly [assets: Origin, variants: Origin, maker: Origin];
    };
  };
  'AWS::CloudFront::Function': { readonly FunctionCode: string };
  'AWS::CloudFront::OriginAccessControl': {
    readonly OriginAccessControlConfig: {
      readonly OriginAccessControlOriginType: string;
      readonly SigningBehavior: string;
    };
  };
  'AWS::CloudFront::ResponseHeadersPolicy': { readonly ResponseHeadersPolicyConfig: DrawnHeadersPolicy };
  'AWS::CloudWatch::Alarm': { readonly AlarmName: string };
  'AWS::CloudWatch::CompositeAlarm': { readonly AlarmActions?: readonly unknown[] };
  'AWS::CloudWatch::Dashboard': { readonly DashboardName: string };
  'AWS::Events::Rule': {
    readonly State: string;
    readonly ScheduleExpression: string;
    readonly EventPattern?: { readonly detail: { readonly bucket: { readonly name: readonly [unknown] } } };
    readonly Targets: readonly [{ readonly Arn: Attribute }];
  };
  'AWS::IAM::Policy': Policy & { readonly Roles: readonly [Reference] };
  'AWS::Lambda::EventSourceMapping': { readonly FunctionName: Reference; readonly EventSourceArn: unknown };
  'AWS::Lambda::Function': {
    readonly FunctionName?: string;
    readonly Role: Attribute;
    readonly Environment?: { readonly Variables: Readonly<Record<string, string>> };
    readonly VpcConfig?: unknown;
  };
  'AWS::Lambda::Permission': {
    readonly Principal: string;
    readonly Action: string;
    readonly SourceArn: unknown;
  };
  'AWS::Logs::LogGroup': { readonly RetentionInDays: number };
  'AWS::S3::Bucket': {
    readonly BucketName: unknown;
    readonly CorsConfiguration?: unknown;
    readonly LifecycleConfiguration: { readonly Rules: readonly Readonly<Record<string, unknown>>[] };
  };
  'AWS::S3::BucketPolicy': Policy;
  'AWS::SNS::Subscription': { readonly Protocol: string };
  'AWS::SQS::Queue': { readonly QueueName: string };
}

export type PropertiesOf<Type extends string> = Type extends keyof LookedAt
  ? LookedAt[Type]
  : Readonly<Record<string, unknown>>;
