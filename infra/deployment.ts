/**
 * Reads what a deployment is to be: whose, where, with which resources of the user's own.
 *
 * Shape   environment -> Deployment
 * Units   days, US dollars
 * Errors  RangeError with the setting's name, its value and what it must be
 */

import type { PresetName } from '../shared/monitoring/alerts/presets.ts';
import { checkTogether, DEFAULT_REGION, type Given } from './check-together.ts';
import { DEPLOYMENT_SETTINGS, type DeploymentSettingName } from './deployment-settings.ts';
import { findEdgeUrl } from './edge-url.ts';
import type { BucketName } from './specs.ts';

export interface Network {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

export interface Deployment {
  readonly stage: string;
  /** What is drawn for real users keeps their data and its logs, whatever becomes of the stacks. */
  readonly isProduction: boolean;
  /** Starts the name of every resource: headrace, headrace-staging. */
  readonly prefix: string;
  readonly region: string;
  readonly preset: PresetName;
  readonly base: string;
  readonly edgeUrl: string | undefined;
  readonly jobsSecret: string | undefined;
  readonly outboxSecret: string | undefined;
  readonly outboxPollMs: string | undefined;
  /** Where the edge counts. */
  readonly edgeRedisSecret: string | undefined;
  readonly notifySecret: string | undefined;
  readonly notifyRoutes: string | undefined;
  readonly imageKeysSecret: string | undefined;
  readonly cdnSecret: string | undefined;
  /** Buckets of the user's own, by the name they have in the topology. */
  readonly bucketArns: Readonly<Partial<Record<BucketName, string>>>;
  /** Of the pages whose visitors may upload into the bucket of assets. */
  readonly uploadOrigins: readonly string[];
  readonly cdn:
    | {
        readonly kind: 'drawn';
        readonly hosts: readonly string[];
        readonly certificateArn: string | undefined;
        readonly webAclArn: string | undefined;
      }
    | { readonly kind: 'own'; readonly distributionArn: string }
    | { readonly kind: 'none' };
  readonly serviceArn: string | undefined;
  readonly network: Network | undefined;
  readonly alarmTopicArn: string | undefined;
  readonly alarmEmail: string | undefined;
  readonly alarmSlack: { readonly workspaceId: string; readonly channelId: string } | undefined;
  readonly alarmPagerDutySecret: string | undefined;
  readonly runbookUrl: string;
  readonly budgetUsd: number | undefined;
  readonly logRetentionDays: number;
}

export function readDeployment(
  environment: Readonly<Record<string, string | undefined>>,
  /** That the edge serves: the first is where it answers, unless EDGE_URL says so. */
  hosts: readonly string[] = [],
): Deployment {
  const given = checkEach(environment);
  checkTogether(given);
  const { HEADRACE_STAGE: stage = 'production', HEADRACE_PRESET: preset = 'highPerformance' } = given;
  const isProduction = stage === 'production';
  return {
    stage,
    isProduction,
    prefix: isProduction ? 'headrace' : `headrace-${stage}`,
    region: given.AWS_REGION ?? DEFAULT_REGION,
    preset: preset as PresetName,
    base: given.HEADRACE_BASE ?? '',
    edgeUrl: findEdgeUrl(given.EDGE_URL, hosts),
    jobsSecret: given.JOBS_SECRET,
    outboxSecret: given.OUTBOX_SECRET,
    outboxPollMs: given.OUTBOX_POLL_MS,
    edgeRedisSecret: given.EDGE_REDIS_SECRET ?? given.JOBS_SECRET,
    notifySecret: given.NOTIFY_SECRET,
    notifyRoutes: given.NOTIFY_ROUTES,
    imageKeysSecret: given.IMAGE_KEYS_SECRET,
    cdnSecret: given.CDN_SECRET,
    bucketArns: bucketArnsOf(given),
    uploadOrigins: given.UPLOAD_ORIGINS?.split(',') ?? [],
    cdn: cdnOf(given),
    serviceArn: given.SERVICE_ARN,
    network: networkOf(given),
    alarmTopicArn: given.ALARM_TOPIC_ARN,
    alarmEmail: given.ALARM_EMAIL,
    alarmSlack: slackOf(given),
    alarmPagerDutySecret: given.ALARM_PAGERDUTY_SECRET,
    runbookUrl: given.RUNBOOK_URL ?? 'infra/runbooks/alarms.md',
    budgetUsd: given.BUDGET_USD === undefined ? undefined : Number(given.BUDGET_USD),
    logRetentionDays: Number(given.LOG_RETENTION_DAYS ?? 30),
  };
}

/** An empty text counts as not given. */
function checkEach(environment: Readonly<Record<string, string | undefined>>): Given {
  const given: Partial<Record<DeploymentSettingName, string>> = {};
  for (const name of Object.keys(DEPLOYMENT_SETTINGS) as DeploymentSettingName[]) {
    const text = environment[name]?.trim();
    if (!text) continue;
    const { is, must } = DEPLOYMENT_SETTINGS[name];
    if (!is.test(text)) throw new RangeError(`${name} is ${text}: it ${must}`);
    given[name] = text;
  }
  return given;
}

function bucketArnsOf(given: Given): Deployment['bucketArns'] {
  const arns = {
    data: given.DATA_BUCKET_ARN,
    images: given.IMAGES_BUCKET_ARN,
    variants: given.VARIANTS_BUCKET_ARN,
    assets: given.ASSETS_BUCKET_ARN,
  };
  return Object.fromEntries(Object.entries(arns).filter(([, arn]) => arn !== undefined));
}

function cdnOf(given: Given): Deployment['cdn'] {
  if (given.DISTRIBUTION_ARN) return { kind: 'own', distributionArn: given.DISTRIBUTION_ARN };
  if (given.CLOUDFRONT === 'off') return { kind: 'none' };
  const hosts = given.CDN_HOSTS?.split(',') ?? [];
  return { kind: 'drawn', hosts, certificateArn: given.CERTIFICATE_ARN, webAclArn: given.WEB_ACL_ARN };
}

function slackOf({ ALARM_SLACK }: Given): Deployment['alarmSlack'] {
  const [workspaceId, channelId] = ALARM_SLACK?.split('/') ?? [];
  return workspaceId && channelId ? { workspaceId, channelId } : undefined;
}

function networkOf({
  VPC_SUBNET_ARNS: subnets,
  VPC_SECURITY_GROUP_ARNS: groups,
}: Given): Network | undefined {
  if (!subnets || !groups) return undefined;
  return { subnetIds: idsOf(subnets), securityGroupIds: idsOf(groups) };
}

/** What stands after the slash. */
function idsOf(arns: string): string[] {
  return arns.split(',').map(arn => arn.slice(arn.indexOf('/') + 1));
}
