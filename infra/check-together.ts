/**
 * What settings of a deployment may not be without one another, or beside one another, and which must be of its region: each of
 * them right alone, and refused by AWS, or of no effect, together.
 *
 * Shape   settings -> nothing
 * Errors  RangeError naming the settings
 * Source  CloudWatch API Reference, PutMetricAlarm: actions are of the alarm's region; CloudFormation registers scalable targets
 *         and draws network interfaces in its own
 */

import type { DeploymentSettingName } from './deployment-settings.ts';

export type Given = Readonly<Partial<Record<DeploymentSettingName, string>>>;

export const DEFAULT_REGION = 'us-east-1';

export function checkTogether(given: Given): void {
  const alone = NEEDS.find(([name, partner]) => given[name] && !given[partner]);
  if (alone) throw new RangeError(`${alone[0]} is given without ${alone[1]}: give both, or neither`);
  const beside = EXCLUDES.find(([name, other]) => given[name] && given[other]);
  if (beside) throw new RangeError(`${beside[0]} is given besides ${beside[1]}: ${beside[2]}`);
  for (const name of OF_THE_REGION)
    for (const arn of given[name]?.split(',') ?? [])
      refuseElsewhere(name, arn, given.AWS_REGION ?? DEFAULT_REGION);
}

/** `setting` is named where the resource is in another region. */
export function refuseElsewhere(setting: string, arn: string, region: string): void {
  const [, , , there] = arn.split(':');
  if (there !== region)
    throw new RangeError(`${setting} is ${arn}: it must be in ${region}, where all of this is (AWS_REGION)`);
}

const NEEDS = [
  ['CDN_HOSTS', 'CERTIFICATE_ARN'],
  ['CERTIFICATE_ARN', 'CDN_HOSTS'],
  ['VPC_SUBNET_ARNS', 'VPC_SECURITY_GROUP_ARNS'],
  ['VPC_SECURITY_GROUP_ARNS', 'VPC_SUBNET_ARNS'],
  ['BUDGET_USD', 'ALARM_EMAIL'],
  ['NOTIFY_ROUTES', 'NOTIFY_SECRET'],
] as const satisfies readonly (readonly DeploymentSettingName[])[];

const LISTENERS = 'add who listens to a topic of your own there';

const EXCLUDES = [
  ['CDN_HOSTS', 'DISTRIBUTION_ARN', 'your own distribution has its own hosts'],
  ['UPLOAD_ORIGINS', 'ASSETS_BUCKET_ARN', 'your own bucket has its own rules of CORS'],
  ['ALARM_SLACK', 'ALARM_TOPIC_ARN', LISTENERS],
  ['ALARM_PAGERDUTY_SECRET', 'ALARM_TOPIC_ARN', LISTENERS],
] as const satisfies readonly (readonly [DeploymentSettingName, DeploymentSettingName, string])[];

const OF_THE_REGION = [
  'ALARM_TOPIC_ARN',
  'SERVICE_ARN',
  'VPC_SUBNET_ARNS',
  'VPC_SECURITY_GROUP_ARNS',
] as const satisfies readonly DeploymentSettingName[];
