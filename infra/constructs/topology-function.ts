/**
 * One function of the topology with all it needs: what it may read and write, what it finds in its environment, what calls
 * it, and where.
 */

import { Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ImageSettingsInput } from '../../shared/images/settings.ts';
import { functionEnvironment } from '../function-environment.ts';
import type { FunctionSpec } from '../specs.ts';
import { functionCode } from './function-code.ts';
import type { JobQueue } from './job-queue.ts';
import type { JobServices } from './job-services.ts';
import { NodeFunction } from './node-function.ts';
import { feedFromQueue, runOnSchedule } from './triggers.ts';

export interface TopologyFunctionProps {
  readonly spec: FunctionSpec;
  readonly edgeUrl: string | undefined;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly queues: ReadonlyMap<string, JobQueue>;
  readonly jobs: JobServices;
  readonly images?: ImageSettingsInput | undefined;
  /** What the edge verifies image URLs with. */
  readonly imageKeys?: string | undefined;
}

export class TopologyFunction extends Construct {
  readonly drawn: NodeFunction;
  /** Whether anything calls it: not while a setting is missing. */
  readonly enabled: boolean;
  /** Where it answers signed requests, if it does. */
  readonly url: string | undefined;

  constructor(scope: Construct, name: string, props: TopologyFunctionProps) {
    super(scope, name);
    const { spec, edgeUrl, buckets, queues, jobs, images, imageKeys } = props;
    const { reads = [], writes = [] }: { reads?: readonly string[]; writes?: readonly string[] } = spec;
    const used = [...buckets].filter(([bucket]) => reads.includes(bucket) || writes.includes(bucket));
    const bucketNames = Object.fromEntries(used.map(([bucket, { bucketName }]) => [bucket, bucketName]));
    const { variables, missing } = functionEnvironment(name, {
      edgeUrl,
      bucketNames,
      ...(images && { images }),
      ...(imageKeys && { imageKeys }),
      ...(spec.jobs && { jobs: { variables: jobs.variables(spec) } }),
    });
    const drawn = new NodeFunction(this, 'function', {
      name,
      spec,
      code: functionCode(spec),
      environment: variables,
    });

    for (const [name, bucket] of used) {
      allowReading(drawn, bucket);
      if (writes.includes(name)) allowWriting(drawn, bucket);
    }
    if (missing) Validations.of(this).addWarning('disabled', disabledBecause(name, missing));
    const enabled = missing === undefined;
    if (spec.jobs) jobs.allow(drawn, spec);
    for (const source of spec.queues ?? []) {
      const feeding = queues.get(source.name);
      if (feeding) feedFromQueue(drawn, feeding.queue, { spec: source, enabled });
    }
    if (spec.schedule) runOnSchedule(drawn, { spec: spec.schedule, enabled });
    this.drawn = drawn;
    this.enabled = enabled;
    this.url = spec.url && openUrl(drawn);
  }
}

const OTHER_WAY = {
  EDGE_URL: "or the edge's host under hosts in headrace.config.ts",
  JOBS_SECRET: 'the name of a secret with redisUrl, redisToken and databaseUrl',
} as const;

function disabledBecause(name: string, missing: keyof typeof OTHER_WAY): string {
  return `${name} is drawn, but nothing calls it: give ${missing}, ${OTHER_WAY[missing]}`;
}

/** Objects and their list, no more; the list is what turns a missing object into 404 instead of 403. */
function allowReading(drawn: NodeFunction, bucket: Bucket): void {
  drawn.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
  drawn.addToRolePolicy(
    new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }),
  );
  Validations.of(drawn.role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::<${logicalId(bucket)}.Arn>/*]`,
    reason: 'The topology lets the function use this bucket as a whole, and no other so.',
  });
}

function allowWriting(drawn: NodeFunction, bucket: Bucket): void {
  drawn.addToRolePolicy(
    new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('*')] }),
  );
}

/** Signed requests of this account alone, by those whose policy allows them to. */
function openUrl(drawn: NodeFunction): string {
  return drawn.addFunctionUrl({
    authType: FunctionUrlAuthType.AWS_IAM,
    invokeMode: InvokeMode.RESPONSE_STREAM,
  }).url;
}

function logicalId(bucket: Bucket): string {
  return bucket.stack.getLogicalId(bucket.node.findChild('Resource') as CfnBucket);
}
