/**
 * Ends what a program left running in the process group it led.
 *
 * Units   milliseconds
 */

import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { statusOf } from './process-status.mjs';

const END_LIMIT_MS = 1_000;
const POLL_MS = 10;

/** The group's number cannot have been reused: it stays taken while a member lives, and its leader ended just now. */
export async function endGroup(leader) {
  if (leader === undefined || !killGroup(leader)) return;
  for (let waitedMs = 0; waitedMs < END_LIMIT_MS && hasLivingMember(leader); waitedMs += POLL_MS) {
    await wait(POLL_MS);
  }
}

/** Whether there was anyone to kill, dead ones that nobody has collected yet included. */
function killGroup(leader) {
  try {
    return process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}

/** Z is one that has ended. */
function hasLivingMember(group) {
  return readdirSync('/proc').some(pid => {
    const status = statusOf(pid);
    return status?.group === group && status.state !== 'Z';
  });
}
