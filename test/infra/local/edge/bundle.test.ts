import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleEdge } from '../../../../infra/local/edge/bundle.ts';

let stateDir: string;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-bundle-'));
});

afterAll(() => rm(stateDir, { recursive: true }));

test('says which line does not build', async () => {
  const entry = join(stateDir, 'broken.ts');
  await writeFile(entry, 'export default {\n  fetch( {');
  await expect(bundleEdge({ stateDir, entry })).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringMatching(/^The edge does not build: .*broken\.ts:2\).*start again\.$/),
  });
});

test('the edge weighs less than 200 KB gzipped, so that isolates start fast', async () => {
  const bundle = await readFile(await bundleEdge({ stateDir }));
  expect(gzipSync(bundle).byteLength).toBeLessThan(200 * 1024);
});
