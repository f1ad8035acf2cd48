/**
 * Tells one process from another that later got the same id.
 *
 * Shape   pid -> identity (this boot and the instant the process began) | undefined when it is gone
 * Source  proc(5): /proc/<pid>/stat, fields 3 (state), 4 (parent), 20 (threads) and 22 (start time)
 */

import { readFileSync } from 'node:fs';

export function identityOf(pid: number): string | undefined {
  try {
    const [state, ...rest] = fieldsAfterName(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    // A zombie holds neither port nor memory once its threads are gone; where nobody collects it, it would look alive for ever.
    if (state === 'X' || (state === 'Z' && Number(rest[16]) <= 1)) return undefined;
    return `${bootId()}/${rest[18]}`;
  } catch {
    return undefined;
  }
}

export function parentOf(pid: number): number | undefined {
  try {
    return Number(fieldsAfterName(readFileSync(`/proc/${pid}/stat`, 'utf8'))[1]);
  } catch {
    return undefined;
  }
}

/** The name may hold spaces and brackets; the last bracket ends it. Field 3 comes first. */
function fieldsAfterName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/** Sends a signal; a process that is gone already is what was wanted. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
