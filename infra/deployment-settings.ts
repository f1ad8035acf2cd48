/**
 * Every setting of a deployment by name: what it means, and what it must look like. infra/DEPLOY.md has the same as a table,
 * and a test holds the two to each other.
 *
 * Shape   name -> { means, is, must }
 * Source  IAM User Guide, "Amazon Resource Names"
 */

export interface DeploymentSetting {
  readonly means: string;
  readonly is: RegExp;
  /** Goes on after the setting's name and value. */
  readonly must: string;
}

const bucketArn = {
  is: /^arn:aws[\w-]*:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  must: 'must be the ARN of a bucket, such as arn:aws:s3:::my-bucket',
};
const secretName = {
  is: /^[\w/+=.@-]{1,512}$/,
  must: 'must be the name of a secret in Secrets Manager',
};
const list = (one: string) => new RegExp(`^${one}(,${one})*$`);

export const DEPLOYMENT_SETTINGS = {
  HEADRACE_STAGE: {
    means: 'whose resources these are, as part of every name but production’s',
    is: /^[a-z][a-z0-9]{0,9}$/,
    must: 'must be up to ten letters and digits in lower case',
  },
  AWS_REGION: {
    means: 'where everything but CloudFront lives',
    is: /^[a-z]{2}(-[a-z]+)+-\d$/,
    must: 'must be a region, such as eu-central-1',
  },
  HEADRACE_PRESET: {
    means: 'how much is kept ready, and what it may cost',
    is: /^(development|costOptimized|highPerformance)$/,
    must: 'must be development, costOptimized or highPerformance',
  },
  HEADRACE_BASE: {
    means: 'prefix of Headrace’s own routes, as the edge has it',
    is: /^\/[\w./-]*[\w.-]$/,
    must: 'must be a path such as /headrace',
  },
  EDGE_URL: {
    means: 'where the edge answers, for the functions that call it',
    // Looked at more closely by infra/edge-url.ts.
    is: /^https:\/\//,
    must: 'must be an address such as https://www.example.com',
  },
  JOBS_SECRET: {
    ...secretName,
    means: 'secret with redisUrl, redisToken and databaseUrl; without it the triggers of the jobs are off',
  },
  OUTBOX_SECRET: {
    ...secretName,
    means: 'secret with databaseUrl and adminToken; without it changes of the database are not purged',
  },
  OUTBOX_POLL_MS: {
    means: 'how often they are looked for, all the time; 0: once a minute',
    is: /^\d{1,5}$/,
    must: 'must be a number of milliseconds up to 99999',
  },
  EDGE_REDIS_SECRET: {
    ...secretName,
    means: 'secret with redisUrl and redisToken of the cache, where the edge counts; by default JOBS_SECRET',
  },
  NOTIFY_SECRET: {
    ...secretName,
    means: 'secret with NOTIFY_TARGETS as text: whom notifications may go to, by name',
  },
  NOTIFY_ROUTES: {
    means: 'which target hears of alarms, by severity: warning chat ops; page pager oncall',
    is: /^\s*(info|warning|page)\s+(email|sms|webhook|chat|pager)\s+\S+(\s*;\s*(info|warning|page)\s+(email|sms|webhook|chat|pager)\s+\S+)*\s*;?\s*$/,
    must: 'must be a severity, a channel and a target’s name, and more of them by semicolon',
  },
  IMAGE_KEYS_SECRET: { ...secretName, means: 'secret with the IMAGE_SIGNING_KEYS of the edge, as text' },
  CDN_SECRET: {
    ...secretName,
    means: 'secret with what the CDNs of headrace.config.ts are reached with, as CDN_SECRETS has it',
  },
  DATA_BUCKET_ARN: { ...bucketArn, means: 'your own bucket for lists and large payloads' },
  IMAGES_BUCKET_ARN: {
    ...bucketArn,
    means: 'your own bucket of pictures; let it send its events to EventBridge',
  },
  VARIANTS_BUCKET_ARN: { ...bucketArn, means: 'your own bucket for what is made of them' },
  ASSETS_BUCKET_ARN: { ...bucketArn, means: 'your own bucket of published files' },
  UPLOAD_ORIGINS: {
    means: 'from which pages browsers may upload into the bucket of assets, by comma; without it from none',
    is: list('https?:\\/\\/(\\*\\.)?[a-z0-9][a-z0-9.-]*(:\\d{1,5})?'),
    must: 'must be origins by comma, such as https://www.example.com or https://*.example.com',
  },
  CLOUDFRONT: {
    means: 'whether a distribution is drawn, besides or instead of the Worker',
    is: /^(on|off)$/,
    must: 'must be on or off',
  },
  DISTRIBUTION_ARN: {
    means: 'your own distribution: none is drawn, this one is invalidated',
    is: /^arn:aws[\w-]*:cloudfront::\d{12}:distribution\/[A-Z0-9]+$/,
    must: 'must be the ARN of a distribution',
  },
  CDN_HOSTS: {
    means: 'host names of the distribution, by comma; they need CERTIFICATE_ARN',
    is: list('[a-z0-9*][a-z0-9.-]+'),
    must: 'must be host names by comma',
  },
  CERTIFICATE_ARN: {
    means: 'their certificate, in us-east-1',
    is: /^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
    must: 'must be the ARN of a certificate in us-east-1: CloudFront takes no other',
  },
  WEB_ACL_ARN: {
    means: 'a web ACL of WAF for the distribution',
    is: /^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/.+$/,
    must: 'must be the ARN of a web ACL of scope CLOUDFRONT',
  },
  SERVICE_ARN: {
    means: 'an ECS service of yours that the scaling rules are for',
    is: /^arn:aws[\w-]*:ecs:[a-z0-9-]+:\d{12}:service\/[\w-]+\/[\w-]+$/,
    must: 'must be the ARN of an ECS service, with its cluster',
  },
  VPC_SUBNET_ARNS: {
    means: 'private subnets for the functions that reach your database; they need a way out',
    is: list('arn:aws[\\w-]*:ec2:[a-z0-9-]+:\\d{12}:subnet\\/subnet-([0-9a-f]{8}|[0-9a-f]{17})'),
    must: 'must be ARNs of subnets by comma',
  },
  VPC_SECURITY_GROUP_ARNS: {
    means: 'their security groups',
    is: list('arn:aws[\\w-]*:ec2:[a-z0-9-]+:\\d{12}:security-group\\/sg-([0-9a-f]{8}|[0-9a-f]{17})'),
    must: 'must be ARNs of security groups by comma',
  },
  ALARM_TOPIC_ARN: {
    means: 'a topic of yours for the alarms',
    is: /^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/,
    must: 'must be the ARN of an SNS topic',
  },
  ALARM_EMAIL: {
    means: 'who is told of alarms and of the budget',
    is: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    must: 'must be a mail address',
  },
  ALARM_SLACK: {
    means: 'a Slack channel that is told of alarms, as <workspace id>/<channel id>',
    is: /^[A-Z0-9]+\/[A-Z0-9]+$/,
    must: 'must be a workspace and a channel, such as T0AB12CD3/C0EF45GH6',
  },
  ALARM_PAGERDUTY_SECRET: {
    ...secretName,
    means: 'secret with the address of a PagerDuty integration, which pages',
  },
  RUNBOOK_URL: {
    means: 'where infra/runbooks/alarms.md can be read, for the link in each alarm',
    is: /^https:\/\/\S+$/,
    must: 'must be an https address',
  },
  BUDGET_USD: {
    means: 'what a month may cost before ALARM_EMAIL is told',
    is: /^[1-9]\d{0,6}$/,
    must: 'must be a whole number of dollars',
  },
  LOG_RETENTION_DAYS: {
    means: 'how long logs are kept',
    is: /^(1|3|5|7|14|30|60|90|120|150|180|365|400|545|731|1096|1827|2192|2557|2922|3288|3653)$/,
    must: 'must be a number of days that CloudWatch Logs offers, such as 30 or 90',
  },
} as const satisfies Readonly<Record<string, DeploymentSetting>>;

export type DeploymentSettingName = keyof typeof DEPLOYMENT_SETTINGS;
