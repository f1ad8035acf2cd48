import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePassingDirectory } from '../../../../../functions/adapters/planners/twin/passing-directory.ts';

const MODULE = resolve('functions/adapters/planners/twin/passing-directory.ts');
let parent: string;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'headrace-passing-'));
});
afterAll(() => rm(parent, { recursive: true }));

test('is removed with all that lies in it, and leaves nobody listening', async () => {
  const listeners = process.listenerCount('exit');
  const { path, remove } = await makePassingDirectory(parent);
  await writeFile(join(path, 'relation'), 'pages');
  await remove();
  expect([existsSync(path), process.listenerCount('exit')]).toEqual([false, listeners]);
});

test('of a process that ends before, goes with it', async () => {
  const script = `import { makePassingDirectory } from ${JSON.stringify(MODULE)};
    const { path } = await makePassingDirectory(${JSON.stringify(parent)});
    console.log(path);
    process.exit(3);`;
  const ended = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect([ended.status, ended.stdout]).toEqual([3, expect.stringContaining('headrace-twin-')]);
  expect(await readdir(parent)).toEqual([]);
});
