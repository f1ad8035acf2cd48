import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { afterAll, describe, expect, it } from 'vitest';
import { bundledFile } from '../../../infra/bundle.ts';
import { functionCode } from '../../../infra/constructs/function-code.ts';
import { topology } from '../../../infra/topology.ts';

const outdir = mkdtempSync(join(tmpdir(), 'headrace-code-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const stack = new Stack(new App({ outdir }), 'Test');

/** Draws a function and says what its bundle exports. */
async function exportsOf(id: string, entry: string): Promise<unknown> {
  const before = new Set(assets());
  const code = functionCode({ entry });
  new LambdaFunction(stack, id, { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code });
  const [added] = assets().filter(asset => !before.has(asset));
  expect(readdirSync(join(outdir, String(added)))).toEqual([bundledFile]);
  return import(join(outdir, String(added), bundledFile));
}

function assets(): string[] {
  return readdirSync(outdir).filter(name => name.startsWith('asset.'));
}

describe('functionCode', () => {
  it('bundles each entry into its own ES module, which runs from anywhere', async () => {
    expect(await exportsOf('first', 'infra/topology.ts')).toMatchObject({ topology });
    expect(await exportsOf('second', 'infra/bundle.ts')).toMatchObject({ bundledFile });
  });

  it('names the entry that is missing', async () => {
    const missing = 'functions/never-written/handler.ts';
    await expect(exportsOf('third', missing)).rejects.toThrow(missing);
  });
});
