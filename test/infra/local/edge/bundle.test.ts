import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleEdge, workerBundle } from '../../../../infra/local/edge/bundle.ts';
import { projectDir } from '../../../../infra/local/paths.ts';

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

test('the edge as it is deployed weighs less than 180 KB gzipped, so that isolates start fast', async () => {
  const entryPoints = [join(projectDir, 'edge', 'index.ts')];
  const { outputFiles } = await build({ ...workerBundle, minify: true, entryPoints, write: false });
  expect(gzipSync(outputFiles[0]?.contents ?? '').byteLength).toBeLessThan(180 * 1024);
});

test('the edge does not carry what makes the document of its API', async () => {
  expect(await readFile(await bundleEdge({ stateDir }), 'utf8')).not.toContain('function toJSONSchema');
});

test('the edge holds no SDK, and of zod the small face: all that it holds is read at each start', async () => {
  const entryPoints = [join(projectDir, 'edge', 'index.ts')];
  const options = { ...workerBundle, entryPoints, metafile: true, write: false } as const;
  const { metafile } = await build({ ...options, absWorkingDir: projectDir });
  const packages = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap(path => /node_modules\/(zod\/v4\/\w+|@[^/]+\/[^/]+|[^/]+)\//.exec(path)?.[1] ?? []);
  expect([...new Set(packages)]).toContain('zod/v4/mini');
  expect([...new Set(packages)]).not.toContain('zod/v4/classic');
  expect(packages.filter(name => /^(@aws-sdk|@smithy|@upstash|undici)/.test(name))).toEqual([]);
});
