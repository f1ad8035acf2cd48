/**
 * A project of a few files around a copy of run.mjs, with an npm that only notes that it was asked: what it would install is
 * there at once, and nothing of the real project is touched.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const LOCAL = resolve(import.meta.dirname, '../../../../infra/local');

export interface Project {
  readonly folder: string;
  /** What npm was asked for, one line a time. */
  npmCalls(): Promise<string[]>;
  write(path: string, text: string): Promise<void>;
  /** A command, and its arguments behind it. */
  run(command: string, environment?: Readonly<Record<string, string>>): Run;
  remove(): Promise<void>;
}

export interface Run {
  readonly process: ChildProcess;
  readonly exit: Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }>;
  /** Resolves when standard output holds the text. */
  prints(text: string): Promise<void>;
}

/** Takes its time, so that two of them would overlap; then writes what npm writes last. */
const NPM = `
import { appendFileSync, cpSync, mkdirSync, symlinkSync } from 'node:fs';
appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
if (process.env.NPM_FAILS) process.exit(1);
await new Promise(resolve => setTimeout(resolve, 200));
const bin = 'node_modules/node-linux-' + process.arch + '/bin';
mkdirSync(bin, { recursive: true });
try { symlinkSync(process.execPath, bin + '/node'); } catch {}
cpSync('package-lock.json', 'node_modules/.package-lock.json');
`;

export async function createProject(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'headrace-run-'));
  const write = async (path: string, text: string) => {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await cp(join(LOCAL, 'run.mjs'), join(folder, 'infra/local/run.mjs'));
  await cp(join(LOCAL, 'run'), join(folder, 'infra/local/run'), { recursive: true });
  await write('package.json', '{"type":"module"}');
  await write('package-lock.json', lockFile({ a: '1.0.0' }));
  await write('npm-cli.js', NPM);
  await write('npm-calls', '');
  await write(
    'infra/local/start.ts',
    "console.log('started under ' + process.execPath); process.disconnect();",
  );
  return {
    folder,
    write,
    npmCalls: async () => (await readFile(join(folder, 'npm-calls'), 'utf8')).split('\n').filter(Boolean),
    run: (command, environment) => run(folder, command, environment),
    remove: () => rm(folder, { recursive: true }),
  };
}

export function lockFile(
  versions: Readonly<Record<string, string>>,
  optional: readonly string[] = [],
): string {
  const packages = Object.entries(versions).map(([name, version]) => [
    `node_modules/${name}`,
    {
      version,
      integrity: `sha512-${name}-${version}`,
      ...(optional.includes(name) ? { optional: true } : {}),
    },
  ]);
  return JSON.stringify({ packages: { '': { name: 'project' }, ...Object.fromEntries(packages) } });
}

function run(folder: string, command: string, environment: Readonly<Record<string, string>> = {}): Run {
  const child = spawn(process.execPath, ['infra/local/run.mjs', ...command.split(' ')], {
    cwd: folder,
    env: { PATH: process.env.PATH, npm_execpath: join(folder, 'npm-cli.js'), ...environment },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', chunk => {
    output += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', chunk => {
    errors += chunk;
  });
  const exit = once(child, 'close').then(([code]) => ({ code, output, errors }));
  const prints = (text: string) =>
    new Promise<void>(resolve => {
      const look = () => output.includes(text) && resolve();
      child.stdout.on('data', look);
      look();
    });
  return { process: child, exit, prints };
}
