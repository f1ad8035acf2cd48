/** The JavaScript that is deployed is, byte for byte, the one that the local stack runs: only sharp's programs differ. */

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundledFile } from '../../infra/bundle.ts';
import { functionCode } from '../../infra/constructs/function-code.ts';
import { bundleFunctions } from '../../infra/local/functions/bundle-functions.ts';
import { projectDir } from '../../infra/local/paths.ts';
import { type FunctionSpec, topology } from '../../infra/topology.ts';

/** The largest kinds: with sharp beside it, with the engine of the jobs inside, with two of the SDK's clients. */
const functions: Readonly<Record<string, FunctionSpec>> = {
  'optimize-image': topology.functions['optimize-image'],
  'tend-jobs': topology.functions['tend-jobs'],
  'forget-variants': topology.functions['forget-variants'],
};

let folder: string;
let deployed: ReadonlySet<string>;
let local: ReadonlyMap<string, string>;

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'headrace-same-code-'));
  const app = new App({ outdir: join(folder, 'cdk.out'), builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Code');
  for (const [name, { entry }] of Object.entries(functions)) {
    // Packages beside the bundle are the machine's: they are copied, which takes longer than all the rest.
    const code = functionCode({ entry });
    new LambdaFunction(stack, name, { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code });
  }
  const { directory } = app.synth();
  const assets = readdirSync(directory).filter(name => name.startsWith('asset.'));
  deployed = new Set(assets.map(name => hashOf(join(directory, name, bundledFile))));
  const roots = await bundleFunctions({ functions, root: projectDir, outDir: join(folder, 'local') });
  local = new Map([...roots].map(([name, root]) => [name, hashOf(join(root, bundledFile))]));
});

afterAll(() => rmSync(folder, { recursive: true }));

it.each(Object.keys(functions))('of %s', name => {
  expect(deployed).toContain(local.get(name));
});

it('and nothing else is deployed', () => {
  expect(deployed).toEqual(new Set(local.values()));
});
