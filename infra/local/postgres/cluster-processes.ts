/**
 * Finds the processes of a PostgreSQL cluster by its data directory.
 *
 * Each of them works in that directory, so /proc/<pid>/cwd names them exactly; the number in postmaster.pid alone would
 * not, since a pid is given to another program sooner or later.
 *
 * Shape   data directory -> processes, those that ended meanwhile left out
 */
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';

export interface ClusterProcess {
  readonly pid: number;
  readonly parent: number;
  readonly isPostmaster: boolean;
  readonly commandLine: string;
}

export function findClusterProcesses(dataDir: string): readonly ClusterProcess[] {
  const directory = attempt(() => realpathSync(dataDir));
  if (directory === null) return [];
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => attempt(() => readlinkSync(`/proc/${pid}/cwd`)) === directory)
    .map(describeProcess)
    .filter(process => process !== null);
}

function describeProcess(pid: string): ClusterProcess | null {
  const commandLine = attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '';
  const status = attempt(() => readFileSync(`/proc/${pid}/status`, 'utf8')) ?? '';
  const parent = Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0);
  // The postmaster keeps the command line it was started with; its children call themselves "postgres: …".
  const isPostmaster = basename(commandLine.split('\0')[0] ?? '') === 'postgres';
  return isPostmaster || commandLine.startsWith('postgres:')
    ? { pid: Number(pid), parent, isPostmaster, commandLine }
    : null;
}

/** A process may end between two looks at it: what is no longer there is not an error. */
function attempt<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}
