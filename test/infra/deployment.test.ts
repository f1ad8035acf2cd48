import { describe, expect, it } from 'vitest';
import { readDeployment } from '../../infra/deployment.ts';
import { DEPLOYMENT_SETTINGS } from '../../infra/deployment-settings.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/0a-1b';

describe('without any setting', () => {
  it('is production, in us-east-1, with everything drawn and nothing of the user’s own', () => {
    expect(readDeployment({ EDGE_URL: ' ' })).toMatchObject({
      stage: 'production',
      isProduction: true,
      prefix: 'headrace',
      region: 'us-east-1',
      preset: 'highPerformance',
      edgeUrl: undefined,
      bucketArns: {},
      cdn: { kind: 'drawn', hosts: [] },
      logRetentionDays: 30,
    });
  });
});

describe('a setting', () => {
  it('is used as it is given', () => {
    const deployment = readDeployment(
      {
        HEADRACE_STAGE: 'staging',
        AWS_REGION: 'eu-central-1',
        DATA_BUCKET_ARN: 'arn:aws:s3:::ours',
        CDN_HOSTS: 'a.example,b.example',
        CERTIFICATE_ARN: CERTIFICATE,
        BUDGET_USD: '40',
        ALARM_EMAIL: 'ops@example.com',
        VPC_SUBNET_ARNS: 'arn:aws:ec2:eu-central-1:123456789012:subnet/subnet-0a0a0a0a',
        VPC_SECURITY_GROUP_ARNS: 'arn:aws:ec2:eu-central-1:123456789012:security-group/sg-0b0b0b0b',
      },
      ['www.example.com'],
    );
    expect(deployment).toMatchObject({
      isProduction: false,
      prefix: 'headrace-staging',
      region: 'eu-central-1',
      edgeUrl: 'https://www.example.com',
      bucketArns: { data: 'arn:aws:s3:::ours' },
      cdn: { kind: 'drawn', hosts: ['a.example', 'b.example'], certificateArn: CERTIFICATE },
      budgetUsd: 40,
      network: { subnetIds: ['subnet-0a0a0a0a'], securityGroupIds: ['sg-0b0b0b0b'] },
    });
  });

  it.each(Object.entries(DEPLOYMENT_SETTINGS))(
    '%s that is wrong is refused by its name',
    (name, { must }) => {
      expect(() => readDeployment({ [name]: '?wrong?' })).toThrow(`${name} is ?wrong?: it ${must}`);
    },
  );

  it.each([
    ['CDN_HOSTS', 'a.example', 'CERTIFICATE_ARN'],
    ['CERTIFICATE_ARN', CERTIFICATE, 'CDN_HOSTS'],
    ['BUDGET_USD', '5', 'ALARM_EMAIL'],
    ['NOTIFY_ROUTES', 'page pager oncall', 'NOTIFY_SECRET'],
    [
      'VPC_SUBNET_ARNS',
      'arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0a0a0a0a',
      'VPC_SECURITY_GROUP_ARNS',
    ],
  ])('%s needs its partner', (name, value, partner) => {
    expect(() => readDeployment({ [name]: value })).toThrow(`${name} is given without ${partner}`);
  });

  it.each([
    ['DATA_BUCKET_ARN', 'my-bucket'],
    ['CERTIFICATE_ARN', 'arn:aws:acm:eu-central-1:123456789012:certificate/0a'],
    ['SERVICE_ARN', 'arn:aws:ecs:eu-central-1:123456789012:service/only-a-name'],
    ['LOG_RETENTION_DAYS', '31'],
    ['HEADRACE_STAGE', 'Production'],
    ['UPLOAD_ORIGINS', '*'],
    ['UPLOAD_ORIGINS', 'https://www.example.com/'],
    ['UPLOAD_ORIGINS', 'www.example.com'],
  ])('%s may not be %s', (name, value) => {
    expect(() => readDeployment({ [name]: value })).toThrow(`${name} is ${value}`);
  });
});

describe('a distribution of the user’s own', () => {
  const DISTRIBUTION_ARN = 'arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL';

  it('is used in place of a drawn one', () => {
    expect(readDeployment({ DISTRIBUTION_ARN }).cdn).toEqual({
      kind: 'own',
      distributionArn: DISTRIBUTION_ARN,
    });
  });

  it('has its own hosts', () => {
    const both = { DISTRIBUTION_ARN, CDN_HOSTS: 'a.example', CERTIFICATE_ARN: CERTIFICATE };
    expect(() => readDeployment(both)).toThrow('CDN_HOSTS is given besides DISTRIBUTION_ARN');
  });
});

describe('the bucket of assets', () => {
  it('takes uploads from no page, or from those of the origins that are named', () => {
    expect(readDeployment({}).uploadOrigins).toEqual([]);
    const UPLOAD_ORIGINS = 'https://www.example.com,http://localhost:3000,https://*.example.com';
    expect(readDeployment({ UPLOAD_ORIGINS }).uploadOrigins).toEqual(UPLOAD_ORIGINS.split(','));
  });

  it('that is the user’s own has its own rules', () => {
    const both = { ASSETS_BUCKET_ARN: 'arn:aws:s3:::mine', UPLOAD_ORIGINS: 'https://a.example' };
    expect(() => readDeployment(both)).toThrow('UPLOAD_ORIGINS is given besides ASSETS_BUCKET_ARN');
  });
});
