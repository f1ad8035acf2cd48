import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProject, type Project } from './project.ts';

let project: Project;

beforeAll(async () => {
  project = await createProject();
  await project.run('start').exit;
});

afterAll(() => project.remove());

async function runScript(script: string) {
  await project.write('infra/local/start.ts', script);
  return project.run('start');
}

test('refuses a command it does not know, and names those it does', async () => {
  const { code, errors } = await project.run('stop').exit;
  expect(code).toBe(1);
  expect(errors).toMatch(/^'stop' is no command; choose one of start, serve, clean, test, .*\.\n$/);
});

test('refuses arguments to a command that has none, and starts nothing', async () => {
  const { code, output, errors } = await project.run('start --help').exit;
  expect(code).toBe(2);
  expect(output).toBe('');
  expect(errors).toMatch(/^'start' takes no arguments, and was given --help\. .*README\.md.*\n$/);
});

test.each([0, 1, 2, 3])('passes exit code %i on', async code => {
  const run = await runScript(`process.exit(${code})`);
  expect(await run.exit).toMatchObject({ code, errors: '' });
});

test.each(['SIGINT', 'SIGTERM'] as const)('passes %s on, once although it comes twice', async signal => {
  const run = await runScript(`
    let times = 0;
    process.on('${signal}', () => { times += 1; setTimeout(() => { console.log('got ' + times); process.exit(0); }, 200); });
    setInterval(() => {}, 1000);
    console.log('up');
  `);
  await run.prints('up');
  run.process.kill(signal);
  run.process.kill(signal);
  expect(await run.exit).toMatchObject({ code: 0, output: 'up\ngot 1\n' });
});

test('has stopped when its program was asked to before it listened for that', async () => {
  const run = await runScript("setInterval(() => {}, 1000); console.log('up');");
  await run.prints('up');
  run.process.kill('SIGINT');
  expect(await run.exit).toMatchObject({ code: 0, errors: '' });
});

test('has failed when its program was ended by a signal that nobody sent through it', async () => {
  const run = await runScript("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);");
  expect(await run.exit).toMatchObject({ code: 1, errors: 'It was ended by SIGTERM; run it again.\n' });
});

test('ends what its program left running', async () => {
  const run = await runScript(`
    const { spawn } = await import('node:child_process');
    console.log('pid ' + spawn('sleep', ['60']).pid);
    process.exit(0);
  `);
  const { output } = await run.exit;
  const pid = Number(/pid (\d+)/.exec(output)?.[1]);
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => 'gone');
  expect(state).toMatch(/^gone$|\) Z /);
});

test('lets its program know when it is killed itself', async () => {
  const run = await runScript(`
    import { writeFileSync } from 'node:fs';
    process.once('disconnect', () => { writeFileSync('noticed', ''); process.exit(); });
    console.log('up');
    setInterval(() => {}, 1000);
  `);
  await run.prints('up');
  run.process.kill('SIGKILL');
  await run.exit;
  expect(await readFile(join(project.folder, 'noticed'), 'utf8')).toBe('');
});

describe('the platform', async () => {
  const module = '../../../../infra/local/run/platform.mjs';
  const { platformProblem } = (await import(module)) as {
    platformProblem(about: object): string | undefined;
  };
  const versions = { node: '20.0.0' };

  test.each(['x64', 'arm64'])('Linux on %s is supported, from Node 20 on', arch => {
    expect(platformProblem({ platform: 'linux', arch, versions })).toBeUndefined();
  });

  test.each([
    ['macOS', { platform: 'darwin', arch: 'arm64', versions }, /macOS is not supported: use /],
    ['Windows', { platform: 'win32', arch: 'x64', versions }, /Windows is not supported: run .* WSL 2/],
    ['FreeBSD', { platform: 'freebsd', arch: 'x64', versions }, /freebsd is not supported/],
    ['another processor', { platform: 'linux', arch: 'riscv64', versions }, /this machine is riscv64/],
    [
      'an old Node',
      { platform: 'linux', arch: 'x64', versions: { node: '18.20.4' } },
      /needs Node 20 or newer .* 18\.20\.4/,
    ],
  ])('%s is told so in one sentence', (_, about, sentence) => {
    expect(platformProblem(about)).toMatch(sentence);
    expect(platformProblem(about)).not.toContain('\n');
  });
});
