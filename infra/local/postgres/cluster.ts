/**
 * Makes sure that a data directory of the right major version exists: made by initdb once, kept from run to run.
 *
 * Errors  StartError when initdb fails
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EXIT, StartError } from '../part.ts';
import { type Account, giveTo } from './account.ts';
import { type Home, writePrivateFile } from './home.ts';
import type { RunnablePrograms } from './programs.ts';

export interface Cluster {
  readonly home: Home;
  readonly programs: RunnablePrograms;
  /** Null when PostgreSQL runs as whoever started it. */
  readonly account: Account | null;
}

/** Returns the sentence to show when a directory of another version was set aside, else null. */
export async function prepareCluster(cluster: Cluster): Promise<string | null> {
  const { home, programs } = cluster;
  const state = inspectCluster(home.dataDir, programs.major);
  if (state === 'usable') return null;
  const notice = state === 'absent' ? null : setAside(home.dataDir, state.foreignMajor, programs.major);
  await initialise(cluster);
  return notice;
}

type ClusterState = 'absent' | 'usable' | { readonly foreignMajor: number };

function inspectCluster(dataDir: string, major: number): ClusterState {
  const versionFile = join(dataDir, 'PG_VERSION');
  if (!existsSync(versionFile)) return 'absent';
  const found = Number(readFileSync(versionFile, 'utf8'));
  return found === major ? 'usable' : { foreignMajor: found };
}

function setAside(dataDir: string, found: number, wanted: number): string {
  const kept = freeName(`${dataDir}-of-postgresql-${found}`);
  renameSync(dataDir, kept);
  return `The database was written by PostgreSQL ${found} and this is ${wanted}: it was kept as ${kept}, and an empty one begins.`;
}

function freeName(path: string, attempt = 1): string {
  const candidate = attempt === 1 ? path : `${path}-${attempt}`;
  return existsSync(candidate) ? freeName(path, attempt + 1) : candidate;
}

/** initdb works beside the final place, so an interrupted one never looks like a database. */
async function initialise({ home, programs, account }: Cluster): Promise<void> {
  removeInterrupted(home);
  const partial = mkdtempSync(join(home.path, PARTIAL));
  giveTo(account, partial);
  writePrivateFile(home.passwordFile, randomBytes(24).toString('hex'), account);
  await runInitdb(programs, [...INITDB_FLAGS, '--pwfile', home.passwordFile, '-D', partial], account);
  rmSync(home.dataDir, { recursive: true, force: true });
  renameSync(partial, home.dataDir);
}

const PARTIAL = 'data-partial-';

/** Each attempt has a name of its own: the initdb of a launcher killed just now may still be writing to the last one. */
function removeInterrupted(home: Home): void {
  for (const name of readdirSync(home.path).filter(name => name.startsWith(PARTIAL))) {
    rmSync(join(home.path, name), { recursive: true, force: true, maxRetries: 10 });
  }
}

/** A password even on loopback: the superuser may run programs, and loopback belongs to every user of the machine. */
const INITDB_FLAGS = ['-U', 'postgres', '-A', 'scram-sha-256', '-E', 'UTF8', '--no-locale', '--no-sync'];

async function runInitdb(programs: RunnablePrograms, args: string[], account: Account | null): Promise<void> {
  try {
    await promisify(execFile)(programs.initdb, args, { env: programs.environment, cwd: '/', ...account });
  } catch (cause) {
    const reason = (cause as { stderr?: string }).stderr?.trim().split('\n').at(-1) ?? String(cause);
    throw new StartError(EXIT.failure, `initdb could not create the database: ${reason}`, { cause });
  }
}
