/**
 * Lets CloudFront read a bucket and ask a function, of this account's distributions only: of the one that was named, else of
 * any, because the distribution is drawn after what it stands in front of.
 *
 * Source  CloudFront Developer Guide, "Restrict access to an Amazon S3 origin", "Restrict access to an AWS Lambda function
 *         URL origin"
 */

import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct, IConstruct } from 'constructs';
import { deploymentOf, distributionArn } from './deployed-stack.ts';

const CLOUDFRONT = 'cloudfront.amazonaws.com';

export function distributionsOf(scope: IConstruct): string {
  const { cdn } = deploymentOf(scope);
  return cdn.kind === 'own' ? cdn.distributionArn : distributionArn(scope, '*');
}

export function letCloudFrontRead(bucket: Bucket, distributionArn: string): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects('*')],
      principals: [new ServicePrincipal(CLOUDFRONT)],
      conditions: { ArnLike: { 'aws:SourceArn': distributionArn } },
    }),
  );
  // What publishing notes for itself tells which files there are.
  bucket.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: ['s3:GetObject'],
      resources: NOTES.map(notes => bucket.arnForObjects(notes)),
      principals: [new ServicePrincipal(CLOUDFRONT)],
    }),
  );
}

const NOTES = ['.headrace/*', '*/.headrace/*'];

/** Both are asked for: the one to reach the address, the other to run what is behind it. */
export function letCloudFrontAsk(
  target: Construct & { readonly functionArn: string },
  distributionArn: string,
): void {
  const shared = { principal: CLOUDFRONT, functionName: target.functionArn, sourceArn: distributionArn };
  new CfnPermission(target, 'cloudfront-url', {
    ...shared,
    action: 'lambda:InvokeFunctionUrl',
    functionUrlAuthType: 'AWS_IAM',
  });
  new CfnPermission(target, 'cloudfront', {
    ...shared,
    action: 'lambda:InvokeFunction',
    invokedViaFunctionUrl: true,
  });
}
