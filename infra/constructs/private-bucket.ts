/**
 * A bucket that nobody outside the account reads, that speaks TLS only, and that outlives its stack: what lies in it
 * belongs to the user. What expires is deleted by S3 itself, and so are the parts of an upload that nobody went on with for a week.
 * Browsers may write to it only from pages of origins that are named, and only what somebody signed for them.
 *
 * Its name is known beforehand, so a stack that is drawn again finds it (`cdk deploy --import-existing-resources`).
 */

import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type CorsRule,
  HttpMethods,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { BucketName, BucketSpec } from '../topology.ts';
import { bucketPlace } from './deployed-stack.ts';

/** An upload of some gigabytes may be gone on with after a weekend. */
const UNFINISHED_AFTER = Duration.days(7);
const PREFLIGHT_SECONDS = 3_600;

export interface PrivateBucketProps extends BucketSpec {
  readonly name: BucketName;
  /** Whether EventBridge is told of each object that is written or deleted. @default false */
  readonly tells?: boolean;
  /** Whose pages' visitors may upload, each with its scheme. @default none */
  readonly uploadOrigins?: readonly string[];
}

export class PrivateBucket extends Bucket {
  constructor(
    scope: Construct,
    id: string,
    { name, expiresAfterDays, tells = false, uploadOrigins = [] }: PrivateBucketProps,
  ) {
    super(scope, id, {
      bucketName: bucketPlace(scope, name).name,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(uploadOrigins.length > 0 && { cors: [uploadsFrom(uploadOrigins)] }),
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: UNFINISHED_AFTER,
          ...(expiresAfterDays !== undefined && { expiration: Duration.days(expiresAfterDays) }),
        },
      ],
    });
    // Set on the resource itself: the construct would bring a function of its own to set it.
    if (tells) this.#tellEventBridge();
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only what is drawn here reads it; access logs would need a second bucket larger than this one.',
    });
  }

  #tellEventBridge(): void {
    const drawn = this.node.defaultChild as CfnBucket;
    drawn.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}

/** What shared/aws/presign.ts signs: a form needs no header of its own, a PUT says type, lifetime and tags. */
function uploadsFrom(origins: readonly string[]): CorsRule {
  return {
    allowedOrigins: [...origins],
    allowedMethods: [HttpMethods.POST, HttpMethods.PUT],
    allowedHeaders: ['content-type', 'cache-control', 'x-amz-meta-cache-tag'],
    exposedHeaders: ['etag'],
    maxAge: PREFLIGHT_SECONDS,
  };
}
