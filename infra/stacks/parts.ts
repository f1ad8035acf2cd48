/**
 * Draws those parts of the topology that belong into one stack, and names what they can be reached by.
 *
 * Shape   stack, its name, topology -> the functions and buckets in it
 */

import { CfnOutput } from 'aws-cdk-lib';
import type { Topology } from '../check-topology.ts';
import type { DeployedStack } from '../constructs/deployed-stack.ts';
import { bucketPlace, deploymentOf } from '../constructs/deployed-stack.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { TopologyFunction, type TopologyFunctionProps } from '../constructs/topology-function.ts';
import type { BucketName } from '../specs.ts';
import { type StackName, stackOfBucket, stackOfFunction } from '../stack-of.ts';

export interface StackPart {
  readonly name: StackName;
  readonly topology: Topology;
}

export function drawBuckets(
  stack: DeployedStack,
  { name, topology }: StackPart,
): ReadonlyMap<BucketName, PrivateBucket> {
  const drawnBuckets = new Map<BucketName, PrivateBucket>();
  const told = new Set(Object.values(topology.queues).map(({ fedBy }) => fedBy));
  for (const [text, spec] of Object.entries(topology.buckets)) {
    const bucket = text as BucketName;
    if (stackOfBucket(bucket) !== name) continue;
    new CfnOutput(stack, `${bucket}-bucket-name`, { value: bucketPlace(stack, bucket).name });
    if (deploymentOf(stack).bucketArns[bucket]) continue;
    const drawn = new PrivateBucket(stack, `${bucket}-bucket`, {
      ...spec,
      name: bucket,
      tells: told.has(bucket),
      ...(bucket === 'assets' && { uploadOrigins: deploymentOf(stack).uploadOrigins }),
    });
    drawnBuckets.set(bucket, drawn);
  }
  return drawnBuckets;
}

export function drawFunctions(
  stack: DeployedStack,
  { name, topology, ...props }: StackPart & Omit<TopologyFunctionProps, 'spec'>,
): ReadonlyMap<string, TopologyFunction> {
  const own = Object.entries(topology.functions).filter(([, spec]) => stackOfFunction(spec) === name);
  const drawn = own.map(([id, spec]) => [id, new TopologyFunction(stack, id, { ...props, spec })] as const);
  for (const [id, { door }] of drawn) if (door) new CfnOutput(stack, `${id}-url`, { value: door.url });
  return new Map(drawn);
}
