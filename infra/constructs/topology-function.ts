/**
 * One function of the topology with all it needs: what it may read and write, what it finds in its environment, what calls
 * it, and where.
 */

import { Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Alias, FunctionUrlAuthType, InvokeMode, type IVersion } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Config } from '../../shared/config/config.ts';
import type { ImageSettingsInput } from '../../shared/images/settings.ts';
import { functionEnvironment } from '../function-environment.ts';
import type { BucketName, FunctionSpec } from '../specs.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import { cdnAccess, distributionArns } from './cdn-access.ts';
import { type BucketPlace, bucketPlace, deploymentOf, queueArn } from './deployed-stack.ts';
import { functionCode } from './function-code.ts';
import type { JobServices } from './job-services.ts';
import { NodeFunction } from './node-function.ts';
import { outboxAccess } from './outbox-access.ts';
import { feedFromQueue, runOnSchedule } from './triggers.ts';
import {
  allowNotifying,
  allowWatching,
  notifyTargets,
  type WatchingOptions,
  watchingAccess,
} from './watching-access.ts';

export interface TopologyFunctionProps {
  readonly spec: FunctionSpec;
  readonly jobs: JobServices;
  readonly images?: ImageSettingsInput | undefined;
  /** What the edge verifies image URLs with. */
  readonly imageKeys?: string | undefined;
  /** The CDNs of headrace.config.ts, for the function that tells them. */
  readonly cdns?: Config['cdns'] | undefined;
  /** What the functions that watch are told besides. */
  readonly watching?: WatchingOptions | undefined;
  /** Where CloudFront serves what the functions make, if it does. */
  readonly distribution?: DistributionPlace | undefined;
}

export interface DistributionPlace {
  readonly id: string;
  readonly arn: string;
}

export class TopologyFunction extends Construct {
  readonly drawn: NodeFunction;
  /** Whether anything calls it: not while a setting is missing. */
  readonly enabled: boolean;
  /** Where it answers signed requests, if it does, and what runs there. */
  readonly door: Door | undefined;

  constructor(scope: Construct, name: string, props: TopologyFunctionProps) {
    super(scope, name);
    const { spec, jobs, images, imageKeys, cdns, watching, distribution } = props;
    const { variables, missing } = functionEnvironment(name, {
      edgeUrl: deploymentOf(this).edgeUrl,
      bucketNames: Object.fromEntries(
        bucketsOf(spec).map(bucket => [bucket, bucketPlace(this, bucket).name]),
      ),
      ...(images && { images }),
      ...(imageKeys && { imageKeys }),
      ...(spec.jobs && { jobs: { variables: jobs.variables(spec) } }),
      ...(spec.outbox && { outbox: { variables: outboxAccess(this) } }),
      ...(spec.watches && { watching: watchingAccess(this, spec.watches, watching) }),
      ...notifyTargets(this),
      ...((spec.tellsCdns || spec.measuresCdns) && cdns && { cdns: cdnAccess(this, cdns) }),
      ...(spec.cdn && distribution && { distributionId: distribution.id }),
    });
    const code = functionCode(spec);
    this.drawn = new NodeFunction(this, 'function', { name, spec, code, environment: variables });
    this.enabled = missing === undefined;
    if (missing) Validations.of(this).addWarning('disabled', disabledBecause(name, missing));
    this.#allow(props);
    if (variables.NOTIFY_TARGETS) allowNotifying(this.drawn);
    this.#connect(spec);
    this.door = spec.url && openDoor(this.drawn);
  }

  #allow({ spec, jobs, cdns, watching, distribution }: TopologyFunctionProps): void {
    for (const bucket of bucketsOf(spec))
      allowBucket(this.drawn, bucketPlace(this, bucket), { spec, bucket });
    if (spec.jobs) jobs.allow(this.drawn, spec);
    if (spec.watches) allowWatching(this.drawn, spec.watches, watching);
    if (spec.cdn && distribution) allowInvalidating(this.drawn, [distribution.arn]);
    if (spec.tellsCdns && cdns) allowInvalidating(this.drawn, distributionArns(this, cdns));
    if (spec.measuresCdns && cdns && distributionArns(this, cdns).length > 0) allowMeasuring(this.drawn);
  }

  #connect({ queues = [], schedule }: FunctionSpec): void {
    const { drawn, enabled } = this;
    for (const source of queues) {
      const queue = Queue.fromQueueArn(this, `${source.name}-queue`, queueArn(this, source.name));
      feedFromQueue(drawn, queue, { spec: source, enabled });
    }
    if (schedule) runOnSchedule(drawn, { spec: schedule, enabled });
  }
}

function bucketsOf({ reads = [], writes = [], clears = [] }: FunctionSpec): readonly BucketName[] {
  return [...new Set([...reads, ...writes, ...clears])];
}

const OTHER_WAY = {
  EDGE_URL: "or the edge's host under hosts in headrace.config.ts",
  HEADRACE_PRESET: 'as costOptimized or highPerformance',
  JOBS_SECRET: 'the name of a secret with redisUrl, redisToken and databaseUrl',
  OUTBOX_SECRET: 'the name of a secret with databaseUrl and adminToken',
} as const;

function disabledBecause(name: string, missing: keyof typeof OTHER_WAY): string {
  return `${name} is drawn, but nothing calls it: give ${missing}, ${OTHER_WAY[missing]}`;
}

interface Use {
  readonly spec: FunctionSpec;
  readonly bucket: BucketName;
}

/** Objects and their list, no more; the list is what turns a missing object into 404 instead of 403. */
function allowBucket(drawn: NodeFunction, { arn }: BucketPlace, { spec, bucket }: Use): void {
  const objects = `${arn}/*`;
  const reads = spec.reads?.includes(bucket) || spec.writes?.includes(bucket);
  const actions = [
    ...(reads ? ['s3:GetObject'] : []),
    ...(spec.writes?.includes(bucket) ? ['s3:PutObject'] : []),
    ...(spec.clears?.includes(bucket) ? ['s3:DeleteObject'] : []),
  ];
  drawn.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [arn] }));
  for (const action of actions)
    drawn.addToRolePolicy(new PolicyStatement({ actions: [action], resources: [objects] }));
  acknowledgeWildcard(
    drawn.role,
    objects,
    'The topology lets the function use this bucket as a whole, and no other so.',
  );
}

/** CloudWatch knows no resource of a metric, and its figures hold nothing of anybody's data. */
function allowMeasuring(drawn: NodeFunction): void {
  drawn.addToRolePolicy(new PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }));
}

function allowInvalidating(drawn: NodeFunction, resources: readonly string[]): void {
  if (resources.length === 0) return;
  drawn.addToRolePolicy(
    new PolicyStatement({
      actions: ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
      resources: [...resources],
    }),
  );
}

/** What an address leads to: the version that is live, of which some may be kept ready. */
export const LIVE = 'live';

export interface Door {
  readonly url: string;
  readonly live: Alias;
}

/** Signed requests of this account alone, by those whose policy allows them to. */
function openDoor(drawn: NodeFunction): Door {
  const live = new Alias(drawn, LIVE, { aliasName: LIVE, version: drawn.currentVersion as IVersion });
  const { url } = live.addFunctionUrl({
    authType: FunctionUrlAuthType.AWS_IAM,
    invokeMode: InvokeMode.RESPONSE_STREAM,
  });
  return { url, live };
}
