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

  it('ends with the setting’s name when EDGE_URL is no address', () => {
    const { status, stderr } = run({ EDGE_URL: 'ftp://edge.example' });
    expect(status).toBe(1);
    expect(stderr).toContain('EDGE_URL is ftp://edge.example');
  });
});

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
