/**
 * Runs the launcher as a person does, in a state directory of its own, and reads what it prints.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const projectDir = resolve(import.meta.dirname, '../..');
const RUN = join(projectDir, 'infra/local/run.mjs');

export interface Launched {
  readonly process: ChildProcess;
  readonly exit: Promise<number | null>;
  output(): string;
  errors(): string;
  /** The errors without the requests that chance picks for the log: one in a hundred, in any run. */
  complaints(): string;
  /** The first group of the pattern, as soon as standard output holds it; rejects when the launcher ends without. */
  prints(pattern: RegExp): Promise<string>;
  complains(pattern: RegExp): Promise<string>;
}

export interface LaunchOptions {
  readonly stateDir: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** @default run.mjs with the command, under this Node */
  readonly program?: readonly [string, ...string[]];
}

export function launch(command: string, options: LaunchOptions): Launched {
  const [file, ...args] = options.program ?? [process.execPath, RUN, command];
  const { PATH, HOME } = process.env;
  const child = spawn(file, args, {
    cwd: projectDir,
    // Nothing of the developer's own settings comes along; of the demo's products a few are enough.
    env: {
      PATH,
      HOME,
      PORT: '0',
      HEADRACE_DEMO_PRODUCTS: '200',
      // Every start compiles the same text.
      NODE_COMPILE_CACHE: join(projectDir, 'node_modules/.cache/compiled'),
      HEADRACE_STATE_DIR: options.stateDir,
      ...options.environment,
    },
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', chunk => {
      text[name] += chunk;
      child.emit('text');
    });
  }
  const exit = once(child, 'close').then(([code]) => code as number | null);
  const holds = (name: keyof typeof text) => (pattern: RegExp) =>
    Promise.race([found(child, () => pattern.exec(text[name])?.[1]), endedWithout(pattern)]);
  const endedWithout = async (pattern: RegExp) => {
    throw new Error(`ended with ${await exit}, without ${pattern}: ${text.stdout}${text.stderr}`);
  };
  return {
    process: child,
    exit,
    output: () => text.stdout,
    errors: () => text.stderr,
    complaints: () => text.stderr.replaceAll(SAMPLED, ''),
    prints: holds('stdout'),
    complains: holds('stderr'),
  };
}

const SAMPLED = /^\{"kind":"request","why":"sampled",.*\}\n/gm;

function found(child: ChildProcess, look: () => string | undefined): Promise<string> {
  return new Promise(resolve => {
    const check = () => {
      const text = look();
      if (text !== undefined) resolve(text);
    };
    child.on('text', check);
    check();
  });
}

export const READY = /^ready (http:\S+)\n/m;

/** A folder that `npm run clean` would accept, and that the project's own stack never meets. */
export async function makeStateDir(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'headrace-start-')), '.headrace');
}

export async function removeStateDir(stateDir: string): Promise<void> {
  const cleaning = launch('clean', { stateDir });
  if ((await cleaning.exit) !== 0) throw new Error(cleaning.errors());
  await rm(join(stateDir, '..'), { recursive: true });
}

/** A zombie counts as ended: it waits for a parent to ask, which in a container may never happen. */
export function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
