/**
 * How much processor time a process has used, all its threads together.
 *
 * Units   microseconds, in steps of one clock tick (10 ms on Linux)
 * Source  proc_pid_stat(5): utime and stime are fields 14 and 15
 */

import { readFileSync } from 'node:fs';

/** USER_HZ, which Linux fixes for programs whatever its own clock does. */
const TICKS_PER_SECOND = 100;

export function cpuTimeUs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The program's name is in parentheses and may hold spaces: what follows begins with field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return (ticks / TICKS_PER_SECOND) * 1_000_000;
}
