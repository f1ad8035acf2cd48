/**
 * What the functions that watch find in their environment, and what they may do: read what the edge counts, tell CloudWatch of
 * it in one namespace, and apply what people say of scaling.
 *
 * Source  CloudWatch User Guide, "Using condition keys to limit access to CloudWatch namespaces"; Application Auto Scaling User
 *         Guide, "Identity-based policies": who registers a target needs what that does to the service
 */

import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { CATALOGUE, JOB_TYPES, lanesOf, queueNameOf } from '../../shared/jobs/catalogue.ts';
import { WATCHING } from '../../shared/monitoring/alerts/presets.ts';
import type { TargetKind } from '../../shared/scaling/rule.ts';
import { type GivenTarget, targetsOf } from '../../shared/scaling/targets.ts';
import type { Variables } from '../function-environment.ts';
import type { FunctionSpec } from '../specs.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import { deadLettersOf, deploymentOf, nameOf, queueArn } from './deployed-stack.ts';
import type { NodeFunction } from './node-function.ts';
import { secretText } from './secret-text.ts';
import { metricsNamespace } from './watching.ts';

type Watches = NonNullable<FunctionSpec['watches']>;

/** By name, as headrace.config.ts has them. */
export type GivenTargets = Readonly<Record<string, GivenTarget>>;

export interface WatchingOptions {
  readonly targets?: GivenTargets;
  /** What the keys of Redis begin with. @default the preset's */
  readonly keyPrefix?: string | undefined;
}

export function watchingAccess(scope: Construct, watches: Watches, options?: WatchingOptions) {
  const isSpared = watches === 'figures' && !WATCHING[deploymentOf(scope).preset].publishes;
  return { variables: watchingVariables(scope, watches, options), isSpared };
}

/** Undefined while nobody has said where Redis is: without it every run could only fail. */
export function watchingVariables(
  scope: Construct,
  watches: Watches,
  { targets = {}, keyPrefix }: WatchingOptions = {},
): Variables | undefined {
  const { edgeRedisSecret, jobsSecret, prefix, preset, base, edgeUrl, notifyRoutes, runbookUrl } =
    deploymentOf(scope);
  if (watches === 'scaling') {
    if (jobsSecret === undefined) return undefined;
    const { url, token } = redisOf(jobsSecret);
    return {
      JOBS_REDIS_REST_URL: url,
      JOBS_REDIS_REST_TOKEN: token,
      SCALING_TARGETS: JSON.stringify(targets),
    };
  }
  if (edgeRedisSecret === undefined) return undefined;
  const { url, token } = redisOf(edgeRedisSecret);
  const redis = {
    UPSTASH_REDIS_REST_URL: url,
    UPSTASH_REDIS_REST_TOKEN: token,
    ...(keyPrefix && { METRICS_KEY_PREFIX: keyPrefix }),
  };
  if (watches === 'figures') {
    const byRoute = WATCHING[preset].publishesRoutes ? 'on' : 'off';
    return { ...redis, METRICS_NAMESPACE: metricsNamespace(prefix), METRICS_BY_ROUTE: byRoute };
  }
  return {
    ...redis,
    RUNBOOK_URL: `${runbookUrl}#`,
    ...(edgeUrl && { EDGE_URL: edgeUrl }),
    ...(base && { HEADRACE_BASE: base }),
    ...(notifyRoutes && { NOTIFY_ROUTES: notifyRoutes }),
  };
}

export function notifyTargets(scope: Construct): { readonly notifyTargets?: string } {
  const { notifySecret } = deploymentOf(scope);
  return notifySecret ? { notifyTargets: secretText(notifySecret) } : {};
}

/**
 * Which topics a secret names nobody knows here: those drawn for the alarms, others of yours that are named as everything of
 * this deployment is, and the one for alarms that is yours.
 */
export function allowNotifying(target: NodeFunction): void {
  const { partition, region, account } = Stack.of(target);
  const { alarmTopicArn, notifySecret } = deploymentOf(target);
  if (notifySecret === undefined) return;
  const ours = `arn:${partition}:sns:${region}:${account}:${nameOf(target, '*')}`;
  const resources = [ours, ...(alarmTopicArn ? [alarmTopicArn] : [])];
  target.addToRolePolicy(new PolicyStatement({ actions: ['sns:Publish'], resources }));
  acknowledgeWildcard(target.role, ours, 'Topics that bear the name of this deployment, and no others.');
}

export function allowWatching(
  target: NodeFunction,
  watches: Watches,
  { targets = {} }: WatchingOptions = {},
): void {
  if (watches === 'figures') allowPublishing(target);
  if (watches === 'scaling') allowScaling(target, targets);
  if (watches === 'alerts') allowCounting(target);
}

/** Neither action knows resources: the namespace is what confines the first, and the second only reads. */
function allowPublishing(target: NodeFunction): void {
  target.addToRolePolicy(
    new PolicyStatement({
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': metricsNamespace(deploymentOf(target).prefix) } },
    }),
  );
  target.addToRolePolicy(
    new PolicyStatement({ actions: ['cloudwatch:GetMetricStatistics'], resources: ['*'] }),
  );
}

/** Which services there are is said in headrace.config.ts; the tag of none is known here. */
function allowScaling(target: NodeFunction, given: GivenTargets): void {
  const { partition, region, account } = Stack.of(target);
  const targets = `arn:${partition}:application-autoscaling:${region}:${account}:scalable-target/*`;
  target.addToRolePolicy(
    new PolicyStatement({
      actions: ['application-autoscaling:RegisterScalableTarget'],
      resources: [targets],
    }),
  );
  acknowledgeWildcard(
    target.role,
    targets,
    'Scalable targets bear ids that AWS makes up; two namespaces are all it registers.',
  );
  for (const { name, place } of targetsOf(given))
    target.addToRolePolicy(
      new PolicyStatement({ actions: [...ON_PLACES[place.kind]], resources: [given[name]?.arn ?? ''] }),
    );
  target.addToRolePolicy(
    new PolicyStatement({
      actions: [
        'application-autoscaling:DescribeScalableTargets',
        'application-autoscaling:DescribeScalingActivities',
      ],
      resources: ['*'],
    }),
  );
}

/** What registering does to them, in the name of who registers. */
const ON_PLACES = {
  ecs: ['ecs:DescribeServices', 'ecs:UpdateService'],
  lambda: [
    'lambda:GetProvisionedConcurrencyConfig',
    'lambda:PutProvisionedConcurrencyConfig',
    'lambda:DeleteProvisionedConcurrencyConfig',
  ],
} as const satisfies Record<TargetKind, readonly string[]>;

/** How many messages wait, and how many are dead. */
function allowCounting(target: NodeFunction): void {
  const names = JOB_TYPES.flatMap(type => lanesOf(CATALOGUE[type]).map(lane => queueNameOf(type, lane)));
  const resources = names.flatMap(name => [queueArn(target, name), queueArn(target, deadLettersOf(name))]);
  target.addToRolePolicy(new PolicyStatement({ actions: ['sqs:GetQueueAttributes'], resources }));
}

function redisOf(secretName: string): { readonly url: string; readonly token: string } {
  return { url: secretText(secretName, 'redisUrl'), token: secretText(secretName, 'redisToken') };
}
