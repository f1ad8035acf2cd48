import { beforeAll, describe, expect, it } from 'vitest';
import { topology } from '../../../infra/topology.ts';
import { type Drawn, drawAll } from '../drawing.ts';

const config = (drawn: Drawn) => drawn.only('AWS::CloudFront::Distribution').DistributionConfig;

describe('the distribution', () => {
  let drawn: Drawn;
  beforeAll(() => {
    drawn = drawAll({ topology });
  });

  it('asks for a picture in the bucket of variants first, and of the function where that has none', () => {
    const { OriginGroups, CacheBehaviors, Origins } = config(drawn);
    expect(OriginGroups.Items).toEqual([
      {
        Id: 'pictures',
        FailoverCriteria: { StatusCodes: { Quantity: 2, Items: [403, 404] } },
        Members: { Quantity: 2, Items: [{ OriginId: 'variants' }, { OriginId: 'maker' }] },
      },
    ]);
    expect(CacheBehaviors).toMatchObject([{ PathPattern: '/images/*', TargetOriginId: 'pictures' }]);
    expect(Origins.map(({ Id }) => Id)).toEqual(['assets', 'variants', 'maker']);
  });

  it('reads a bucket of assets that takes uploads from the pages that are named, and no other bucket does', () => {
    const UPLOAD_ORIGINS = 'https://www.example.com';
    const open = drawAll({ topology }, { UPLOAD_ORIGINS }).of('AWS::S3::Bucket');
    const opened = open.filter(({ Properties }) => Properties.CorsConfiguration);
    expect(opened.map(({ Properties }) => JSON.stringify(Properties.BucketName))).toEqual([
      expect.stringContaining('-assets-'),
    ]);
    expect(drawn.of('AWS::S3::Bucket').filter(({ Properties }) => Properties.CorsConfiguration)).toEqual([]);
  });

  it('signs what it asks of each origin, over TLS', () => {
    const kinds = new Map(
      drawn
        .of('AWS::CloudFront::OriginAccessControl')
        .map(({ id, Properties }) => [id, Properties.OriginAccessControlConfig]),
    );
    const signing = config(drawn).Origins.map(({ Id, OriginAccessControlId }) => {
      const access = kinds.get(OriginAccessControlId['Fn::GetAtt'][0]);
      return [Id, access?.OriginAccessControlOriginType, access?.SigningBehavior];
    });
    expect(signing).toEqual([
      ['assets', 's3', 'always'],
      ['variants', 's3', 'always'],
      ['maker', 'lambda', 'always'],
    ]);
    const [, , maker] = config(drawn).Origins;
    expect(maker.CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
    });
    expect(maker.CustomOriginConfig.OriginReadTimeout).toBeGreaterThan(
      topology.functions['optimize-image'].timeoutSeconds,
    );
  });

  it('reads tags from the field that S3 and the function both give', () => {
    expect(config(drawn).CacheTagConfig).toEqual({ HeaderName: 'x-amz-meta-cache-tag' });
  });

  it('runs one function at every request and one where the cache has no answer, in a version that stays', () => {
    const [{ FunctionAssociations, LambdaFunctionAssociations }] = config(drawn).CacheBehaviors;
    expect(FunctionAssociations.map(({ EventType }) => EventType)).toEqual(['viewer-request']);
    const [{ EventType, LambdaFunctionARN }] = LambdaFunctionAssociations;
    expect(EventType).toBe('origin-request');
    const version = drawn.of('AWS::Lambda::Version').find(({ stack }) => stack === 'delivery');
    expect(LambdaFunctionARN).toEqual({ Ref: version?.id });
    expect(version?.DeletionPolicy).toBe('Retain');
    const runs = drawn.of('AWS::Lambda::Function').find(({ stack }) => stack === 'delivery')?.Properties;
    expect(runs).toMatchObject({
      Architectures: ['x86_64'],
      Runtime: 'nodejs24.x',
      MemorySize: 128,
      Timeout: 5,
    });
    expect(runs?.Environment).toBeUndefined();
  });

  it('alone may ask the function and read the buckets, and only from this account', () => {
    const asking = drawn.of('AWS::Lambda::Permission').filter(({ stack }) => stack === 'images');
    expect(asking.map(({ Properties }) => [Properties.Principal, Properties.Action]).toSorted()).toEqual([
      ['cloudfront.amazonaws.com', 'lambda:InvokeFunction'],
      ['cloudfront.amazonaws.com', 'lambda:InvokeFunctionUrl'],
    ]);
    for (const { Properties } of asking)
      expect(JSON.stringify(Properties.SourceArn)).toContain('"AWS::AccountId"');
    const reading = drawn
      .of('AWS::S3::BucketPolicy')
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Effect }) => Effect === 'Allow');
    expect(reading.map(({ Action, Principal }) => [Action, Principal.Service])).toEqual([
      ['s3:GetObject', 'cloudfront.amazonaws.com'],
      ['s3:GetObject', 'cloudfront.amazonaws.com'],
    ]);
    for (const { Condition } of reading) expect(Condition.ArnLike['aws:SourceArn']).toBeDefined();
  });

  it('is what the function is told of that forgets variants', () => {
    const forgetting = drawn
      .of('AWS::Lambda::Function')
      .find(({ Properties }) => Properties.FunctionName === 'headrace-forget-variants');
    expect(forgetting?.Properties.Environment?.Variables.DISTRIBUTION_ID).toBeDefined();
  });
});

describe('hosts, certificate and web ACL', () => {
  it('are the user’s', () => {
    const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/0a';
    const acl = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/ours/1';
    const drawn = drawAll(
      { topology },
      { CDN_HOSTS: 'a.example,b.example', CERTIFICATE_ARN: certificate, WEB_ACL_ARN: acl },
    );
    expect(config(drawn)).toMatchObject({
      Aliases: ['a.example', 'b.example'],
      WebACLId: acl,
      ViewerCertificate: { AcmCertificateArn: certificate, MinimumProtocolVersion: 'TLSv1.2_2021' },
    });
  });
});

describe('signed URLs', () => {
  it('bring the right to read the one secret, and no key into any template', () => {
    const drawn = drawAll({ topology }, { IMAGE_KEYS_SECRET: 'our/keys', AWS_REGION: 'eu-central-1' });
    const statements = drawn
      .of('AWS::IAM::Policy')
      .filter(({ stack }) => stack === 'delivery')
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const [reading, ...others] = statements.filter(
      ({ Action }) => Action === 'secretsmanager:GetSecretValue',
    );
    expect(others).toEqual([]);
    expect(JSON.stringify(reading?.Resource)).toContain(':secretsmanager:eu-central-1:');
    expect(JSON.stringify(reading?.Resource)).toContain(':secret:our/keys-??????');
    expect(drawn.only('AWS::CloudFront::Function').FunctionCode).toContain('signed:true');
  });
});

describe('without CloudFront', () => {
  it('nothing of it is drawn, and nobody of it is let in', () => {
    const drawn = drawAll({ topology }, { CLOUDFRONT: 'off' });
    expect(drawn.of('AWS::CloudFront::Distribution')).toEqual([]);
    expect(drawn.of('AWS::Lambda::Permission').filter(({ stack }) => stack === 'images')).toEqual([]);
  });

  it('one of the user’s own is told what it may no longer serve, and alone is let in', () => {
    const arn = 'arn:aws:cloudfront::123456789012:distribution/EOURS';
    const drawn = drawAll({ topology }, { DISTRIBUTION_ARN: arn });
    expect(drawn.of('AWS::CloudFront::Distribution')).toEqual([]);
    const sources = drawn.of('AWS::Lambda::Permission').filter(({ stack }) => stack === 'images');
    expect(new Set(sources.map(({ Properties }) => Properties.SourceArn))).toEqual(new Set([arn]));
    const forgetting = drawn
      .of('AWS::Lambda::Function')
      .find(({ Properties }) => Properties.FunctionName === 'headrace-forget-variants');
    expect(forgetting?.Properties.Environment?.Variables.DISTRIBUTION_ID).toBe('EOURS');
  });
});
