/**
 * Ends what a killed launcher left running on a data directory, so that the next start owns it alone.
 *
 * Errors  StartError when the launcher that started them still lives
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EXIT, StartError } from '../part.ts';
import { signalProcess } from '../processes.ts';
import { type ClusterProcess, findClusterProcesses } from './cluster-processes.ts';

const FAST_SHUTDOWN_MS = 5_000;
const KILL_MS = 5_000;
const POLL_MS = 20;

/** The postmaster carries its launcher's pid in its command line, so that a later start can tell an orphan. */
export const clusterNameFor = (launcherPid: number): string => `headrace-${launcherPid}`;

export async function endSurvivors(dataDir: string): Promise<void> {
  const survivors = findClusterProcesses(dataDir);
  refuseIfOwned(survivors, dataDir);
  const postmasters = survivors.filter(survivor => survivor.isPostmaster);
  signal(postmasters, 'SIGINT');
  if (!(await areGone(dataDir, postmasters.length > 0 ? FAST_SHUTDOWN_MS : 0))) {
    signal(findClusterProcesses(dataDir), 'SIGKILL');
    await areGone(dataDir, KILL_MS);
  }
  // Nobody works here any more. Left behind, this file would stop the next start as soon as its pid is anyone's again.
  rmSync(join(dataDir, 'postmaster.pid'), { force: true });
}

/** The kernel hands a dead parent's children to another process: the same parent means that the launcher lives. */
function refuseIfOwned(survivors: readonly ClusterProcess[], dataDir: string): void {
  const owned = survivors.find(({ parent, commandLine }) =>
    commandLine.includes(`=${clusterNameFor(parent)}\0`),
  );
  if (!owned) return;
  throw new StartError(
    EXIT.failure,
    `The database in ${dataDir} is in use by process ${owned.parent}: stop that one first.`,
  );
}

async function areGone(dataDir: string, boundMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < boundMs; waitedMs += POLL_MS) {
    if (findClusterProcesses(dataDir).length === 0) return true;
    await wait(POLL_MS);
  }
  return findClusterProcesses(dataDir).length === 0;
}

function signal(processes: readonly ClusterProcess[], name: NodeJS.Signals): void {
  for (const { pid } of processes) signalProcess(pid, name);
}
