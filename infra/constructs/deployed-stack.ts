/**
 * A stack of one deployment, and the names of what is in all of them. Names are made here and never passed from stack to
 * stack: so no stack holds on to another's exports, and each may be changed alone.
 *
 * Source  CloudFormation User Guide, "Exports": one that is in use can be neither changed nor removed
 */

import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { type Deployment, readDeployment } from '../deployment.ts';
import type { BucketName } from '../specs.ts';
import { stackOfBucket } from '../stack-of.ts';

export interface DeployedStackProps extends StackProps {
  readonly deployment: Deployment;
}

export class DeployedStack extends Stack {
  readonly deployment: Deployment;

  constructor(scope: Construct, id: string, { deployment, ...props }: DeployedStackProps) {
    super(scope, id, { env: { region: deployment.region }, ...props });
    this.deployment = deployment;
  }
}

export function deploymentOf(scope: IConstruct): Deployment {
  const stack = Stack.of(scope);
  return stack instanceof DeployedStack ? stack.deployment : readDeployment({});
}

/** headrace-warming */
export function nameOf(scope: IConstruct, name: string): string {
  return `${deploymentOf(scope).prefix}-${name}`;
}

export function queueArn(scope: IConstruct, name: string): string {
  const { partition, account } = Stack.of(scope);
  return `arn:${partition}:sqs:${deploymentOf(scope).region}:${account}:${nameOf(scope, name)}`;
}

/** `id` may be '*'. */
export function distributionArn(scope: IConstruct, id: string): string {
  const { partition, account } = Stack.of(scope);
  return `arn:${partition}:cloudfront::${account}:distribution/${id}`;
}

export function deadLettersOf(name: string): string {
  return `${name}-dlq`;
}

/** Whatever region the rest is in, CloudFront takes its functions, certificates and web ACLs from this one. */
export const DELIVERY_REGION = 'us-east-1';

export interface BucketPlace {
  readonly name: string;
  readonly arn: string;
}

/** The user's own, where one was named. Ours have the account in their name: bucket names are the world's. */
export function bucketPlace(scope: IConstruct, bucket: BucketName): BucketPlace {
  const { bucketArns, region } = deploymentOf(scope);
  const own = bucketArns[bucket];
  if (own) return { name: own.slice(own.lastIndexOf(':') + 1), arn: own };
  const { partition, account } = Stack.of(scope);
  const at = stackOfBucket(bucket) === 'delivery' ? DELIVERY_REGION : region;
  const name = `${nameOf(scope, bucket)}-${account}-${at}`;
  return { name, arn: `arn:${partition}:s3:::${name}` };
}
