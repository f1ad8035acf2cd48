/**
 * Remembers which processes a run started, so that the next run can end what a killed one left, and never anything else.
 *
 * Shape   file -> { keep(name, pid), forget() }; endLeftovers(file) -> names of what was ended
 * Units   milliseconds
 */

import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { identityOf, parentOf, signalProcess } from './processes.ts';
import { replaceFile } from './write-file.ts';

interface KnownProcess {
  readonly name: string;
  readonly pid: number;
  readonly identity: string;
  /** When it was remembered. */
  readonly parent: number | undefined;
}

export interface RunRecord {
  keep(name: string, pid: number): void;
  /** Nothing is left of this run. */
  forget(): void;
}

const LAUNCHER = 'launcher';
const GRACE_MS = 2_000;
const POLL_MS = 20;

export function createRunRecord(file: string): RunRecord {
  const known: KnownProcess[] = [];
  const keep = (name: string, pid: number) => {
    const identity = identityOf(pid);
    if (identity === undefined) return;
    known.push({ name, pid, identity, parent: parentOf(pid) });
    replaceFile(file, `${JSON.stringify(known, null, 2)}\n`);
  };
  keep(LAUNCHER, process.pid);
  return { keep, forget: () => rmSync(file, { force: true }) };
}

/** A launcher that lives, and whose parent does not: it has been told, and is about to end. */
export function isLauncherLeaving(file: string): boolean {
  const launcher = readRecord(file).find(({ name }) => name === LAUNCHER);
  return launcher !== undefined && isAlive(launcher) && parentOf(launcher.pid) !== launcher.parent;
}

/** Does nothing while the launcher that wrote the record lives: its processes are in use. */
export async function endLeftovers(file: string): Promise<readonly string[]> {
  const left = readRecord(file).filter(isAlive);
  if (left.some(({ name }) => name === LAUNCHER)) return [];
  // Databases take SIGINT as "now, but in order".
  for (const { pid } of left) signalProcess(pid, 'SIGINT');
  await allGone(left);
  for (const { pid } of left.filter(isAlive)) signalProcess(pid, 'SIGKILL');
  await allGone(left);
  rmSync(file, { force: true });
  return left.map(({ name }) => name);
}

function readRecord(file: string): readonly KnownProcess[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return []; // No run was cut short here.
  }
}

function isAlive({ pid, identity }: KnownProcess): boolean {
  return identityOf(pid) === identity;
}

async function allGone(processes: readonly KnownProcess[]): Promise<void> {
  for (let waitedMs = 0; waitedMs < GRACE_MS && processes.some(isAlive); waitedMs += POLL_MS)
    await wait(POLL_MS);
}
