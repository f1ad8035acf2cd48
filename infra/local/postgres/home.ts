/**
 * Where a database keeps its files: in the state directory, or, when PostgreSQL cannot work there, in a private
 * directory below the system's temporary one, whose name the state directory remembers.
 *
 * Errors  StartError when PostgreSQL can work in no directory of this machine
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, StartError } from '../part.ts';
import { type Account, giveTo, isUsable } from './account.ts';

export interface Home {
  readonly path: string;
  readonly dataDir: string;
  readonly passwordFile: string;
  readonly logFile: string;
}

export function openHome(stateDir: string, account: Account | null): Home {
  mkdirSync(stateDir, { recursive: true });
  const path =
    knownHome(stateDir) ??
    (isUsable(account, join(stateDir, 'data')) ? stateDir : moveOut(stateDir, account));
  return layout(path);
}

/** The home of an earlier run; null when the state directory is new. */
export function findHome(stateDir: string): Home | null {
  return existsSync(stateDir) ? layout(knownHome(stateDir) ?? stateDir) : null;
}

const recordOf = (stateDir: string): string => join(stateDir, 'moved-to');

function knownHome(stateDir: string): string | null {
  if (!existsSync(recordOf(stateDir))) return null;
  const path = readFileSync(recordOf(stateDir), 'utf8').trim();
  return existsSync(path) ? path : null;
}

/** The name is random, not derived: anyone may create names in /tmp, and a guessable one could be taken beforehand. */
function moveOut(stateDir: string, account: Account | null): string {
  const parent = [tmpdir(), '/tmp'].find(directory => isUsable(account, join(directory, 'x')));
  if (!parent) {
    throw new StartError(
      EXIT.failure,
      `PostgreSQL can work neither in ${stateDir} nor in ${tmpdir()}: set TMPDIR to a directory that everyone may enter.`,
    );
  }
  const path = mkdtempSync(join(parent, 'headrace-postgres-'));
  giveTo(account, path);
  writeFileSync(recordOf(stateDir), `${path}\n`);
  return path;
}

function layout(path: string): Home {
  return {
    path,
    dataDir: join(path, 'data'),
    passwordFile: join(path, 'password'),
    logFile: join(path, 'postgres.log'),
  };
}

/** Creates a file that only PostgreSQL's account (and root) can read. */
export function writePrivateFile(path: string, content: string, account: Account | null): void {
  writeFileSync(path, content, { mode: 0o600 });
  chmodSync(path, 0o600);
  giveTo(account, path);
}
