/** The app itself, run as the CDK command runs it, with the AWS Solutions rules and CloudFormation's own schema checked. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let outputDirectory: string;
beforeEach(() => {
  outputDirectory = mkdtempSync(join(tmpdir(), 'headrace-app-'));
});
afterEach(() => rmSync(outputDirectory, { recursive: true }));

describe('infra/app.ts', () => {
  it('synthesises without account, network or settings, and no rule objects', () => {
    const { status, stderr } = run({});
    expect(stderr).not.toContain('ERROR');
    expect(status).toBe(0);
    const report = JSON.parse(readFileSync(join(outputDirectory, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });

  it('synthesises with every setting, in another region, and no rule objects', () => {
    const { status, stderr } = run(EVERYTHING);
    expect(stderr).not.toContain('ERROR');
    expect(stderr).toContain('A month of costOptimized');
    expect(status).toBe(0);
    const report = JSON.parse(readFileSync(join(outputDirectory, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });

  it('ends with the setting’s name when EDGE_URL is no address', () => {
    const { status, stderr } = run({ EDGE_URL: 'ftp://edge.example' });
    expect(status).toBe(1);
    expect(stderr).toContain('EDGE_URL is ftp://edge.example');
  });
});

const ACCOUNT = '123456789012';
const EVERYTHING = {
  HEADRACE_STAGE: 'staging',
  AWS_REGION: 'eu-central-1',
  HEADRACE_PRESET: 'costOptimized',
  EDGE_URL: 'https://edge.example',
  JOBS_SECRET: 'ours/jobs',
  OUTBOX_SECRET: 'ours/outbox',
  IMAGE_KEYS_SECRET: 'ours/keys',
  IMAGES_BUCKET_ARN: 'arn:aws:s3:::ours',
  CDN_HOSTS: 'img.example',
  CERTIFICATE_ARN: `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/0a`,
  WEB_ACL_ARN: `arn:aws:wafv2:us-east-1:${ACCOUNT}:global/webacl/ours/1`,
  SERVICE_ARN: `arn:aws:ecs:eu-central-1:${ACCOUNT}:service/shop/web`,
  VPC_SUBNET_ARNS: `arn:aws:ec2:eu-central-1:${ACCOUNT}:subnet/subnet-0a0a0a0a`,
  VPC_SECURITY_GROUP_ARNS: `arn:aws:ec2:eu-central-1:${ACCOUNT}:security-group/sg-0b0b0b0b`,
  ALARM_EMAIL: 'ops@example.com',
  ALARM_SLACK: 'T0AB12CD3/C0EF45GH6',
  ALARM_PAGERDUTY_SECRET: 'ours/pager',
  BUDGET_USD: '50',
};

function run(environment: Readonly<Record<string, string>>) {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  return spawnSync(process.execPath, ['infra/app.ts'], {
    encoding: 'utf8',
    env: {
      ...environment,
      CDK_OUTDIR: outputDirectory,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:bundling-stacks': [] }),
    },
  });
}
