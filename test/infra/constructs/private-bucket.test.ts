import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { PrivateBucket } from '../../../infra/constructs/private-bucket.ts';
import { createStack } from '../drawing.ts';

describe('PrivateBucket', () => {
  const stack = createStack();
  new PrivateBucket(stack, 'bucket', { name: 'images', tells: true });
  const template = Template.fromStack(stack);

  it('is encrypted and closed to the public', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  it('refuses plain HTTP', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      }),
    });
  });

  it('is named by account and region, so that a stack drawn again finds it', () => {
    const BucketName = { 'Fn::Join': ['', ['test-images-', { Ref: 'AWS::AccountId' }, '-us-east-1']] };
    template.hasResourceProperties('AWS::S3::Bucket', { BucketName });
  });

  it('lets the parts of an upload that nobody finished go', () => {
    const rule = Match.objectLike({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } });
    template.hasResourceProperties('AWS::S3::Bucket', { LifecycleConfiguration: { Rules: [rule] } });
  });

  it('takes no upload from any page, unless its origin is named', () => {
    template.allResourcesProperties(
      'AWS::S3::Bucket',
      Match.objectLike({ CorsConfiguration: Match.absent() }),
    );
    const open = createStack();
    new PrivateBucket(open, 'bucket', { name: 'assets', uploadOrigins: ['https://www.example.com'] });
    Template.fromStack(open).hasResourceProperties('AWS::S3::Bucket', {
      CorsConfiguration: {
        CorsRules: [
          {
            AllowedOrigins: ['https://www.example.com'],
            AllowedMethods: ['POST', 'PUT'],
            AllowedHeaders: ['content-type', 'cache-control', 'x-amz-meta-cache-tag'],
            ExposedHeaders: ['etag'],
            MaxAge: 3_600,
          },
        ],
      },
    });
  });

  it('tells EventBridge of its changes without a function of its own', () => {
    const NotificationConfiguration = { EventBridgeConfiguration: { EventBridgeEnabled: true } };
    template.hasResourceProperties('AWS::S3::Bucket', { NotificationConfiguration });
    template.resourceCountIs('AWS::Lambda::Function', 0);
  });

  it('outlives its stack', () => {
    const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
    expect(Object.keys(template.findResources('AWS::S3::Bucket', kept))).toHaveLength(1);
  });
});
