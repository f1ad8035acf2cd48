/**
 * Reads what the kernel tells about a process.
 *
 * Shape   pid -> { state, parent, group } | undefined when it is gone
 * Source  proc(5): /proc/<pid>/stat, fields 3 to 5
 */

import { readFileSync } from 'node:fs';

export function statusOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before may hold spaces and brackets; the last bracket ends it.
    const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent), group: Number(group) };
  } catch {
    return undefined;
  }
}

export function commandLineOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
