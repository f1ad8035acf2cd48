/**
 * A bucket that nobody outside the account reads, that speaks TLS only, and that outlives its stack: what lies in it
 * belongs to the user. What expires is deleted by S3 itself, and so are the parts of an upload that nobody finished.
 */

import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { BucketSpec } from '../topology.ts';

const UNFINISHED_AFTER = Duration.days(1);

export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, { expiresAfterDays }: BucketSpec = {}) {
    super(scope, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(expiresAfterDays !== undefined && {
        lifecycleRules: [
          {
            expiration: Duration.days(expiresAfterDays),
            abortIncompleteMultipartUploadAfter: UNFINISHED_AFTER,
          },
        ],
      }),
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only the functions of this stack read it; access logs would need a second bucket larger than this one.',
    });
  }
}
