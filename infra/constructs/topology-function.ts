/**
 * One function of the topology with all it needs: what it may read, what it finds in its environment, what calls it.
 */

import { Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
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
}

export class TopologyFunction extends Construct {
  readonly drawn: NodeFunction;
  /** Whether anything calls it: not while a setting is missing. */
  readonly enabled: boolean;

  constructor(scope: Construct, name: string, props: TopologyFunctionProps) {
    super(scope, name);
    const { spec, edgeUrl, buckets, queues, jobs } = props;
    const readable = [...buckets].filter(([bucket]) =>
      (spec.reads as readonly string[] | undefined)?.includes(bucket),
    );
    const bucketNames = Object.fromEntries(readable.map(([bucket, { bucketName }]) => [bucket, bucketName]));
    const { variables, missing } = functionEnvironment(name, {
      edgeUrl,
      bucketNames,
      ...(spec.jobs && { jobs: { variables: jobs.variables(spec) } }),
    });
    const drawn = new NodeFunction(this, 'function', {
      name,
      spec,
      code: functionCode(spec.entry),
      environment: variables,
    });

    for (const [, bucket] of readable) allowReading(drawn, bucket);
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
    reason: 'The topology lets the function read this bucket as a whole; it stays the only one.',
  });
}

function logicalId(bucket: Bucket): string {
  return bucket.stack.getLogicalId(bucket.node.findChild('Resource') as CfnBucket);
}
