/**
 * Runs programs in the foreground: passes signals and exit codes on, and leaves no process of theirs behind.
 *
 * Each program leads a process group of its own. A terminal's Ctrl-C therefore reaches it only through here, once, although
 * the kernel and npm both deliver it to this process; and whatever its group holds after its end can be ended exactly.
 *
 * Shape   [{ program, args, watched }] -> exit code of the first step that fails, else 0
 * Units   milliseconds
 */

import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { modulesDir, projectDir } from './paths.mjs';

/** The same Ctrl-C from the kernel and from npm, which forwards it, counts once. */
const SAME_SIGNAL_MS = 500;
const PARENT_CHECK_MS = 250;
const GROUP_END_MS = 1_000;
const GROUP_POLL_MS = 10;

export async function runSteps(steps) {
  for (const step of steps) {
    const code = await runStep(step);
    if (code !== 0) return code;
  }
  return 0;
}

async function runStep({ program, args, watched = false }) {
  const child = spawn(program, args, {
    cwd: projectDir,
    env: { ...process.env, PATH: [join(modulesDir, '.bin'), process.env.PATH].join(delimiter) },
    // The open channel tells a watched child that this process is gone, however it went.
    stdio: ['inherit', 'inherit', 'inherit', ...(watched ? ['ipc'] : [])],
    detached: true,
  });
  const stopForwarding = forwardSignals(signal => child.kill(signal));
  const { code, sentence } = await endOf(child);
  stopForwarding();
  await endGroup(child.pid);
  if (sentence !== undefined) process.stderr.write(`${sentence}\n`);
  return code;
}

/** Also takes the end of the parent for SIGTERM: npm killed outright, or a shell that did not pass the signal on. */
export function forwardSignals(send) {
  let forwardedAt = Number.NEGATIVE_INFINITY;
  const forward = signal => {
    if (performance.now() - forwardedAt < SAME_SIGNAL_MS) return;
    forwardedAt = performance.now();
    send(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  const parentWatch = watchParent(() => forward('SIGTERM'));
  return () => {
    clearInterval(parentWatch);
    for (const signal of signals) process.off(signal, forward);
  };
}

/** Only under npm: started by hand with `&`, the stack may outlive the shell it was started from. */
function watchParent(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, PARENT_CHECK_MS);
  return timer;
}

function endOf(child) {
  return new Promise(resolve => {
    child.once('error', error => resolve({ code: 1, sentence: startProblem(child.spawnfile, error) }));
    child.once('exit', (code, signal) =>
      resolve(code === null ? { code: 1, sentence: `It was ended by ${signal}; run it again.` } : { code }),
    );
  });
}

function startProblem(program, error) {
  // The file is there, so what is missing is the loader it names: glibc's.
  if (error.code === 'ENOENT')
    return `${program} needs a Linux with glibc (Debian, Ubuntu, Fedora …): use one.`;
  return `${program} could not be started (${error.code}): check that it may be executed.`;
}

/** The group's number cannot have been reused: it stays taken while a member lives, and its leader ended just now. */
async function endGroup(leader) {
  for (
    let waitedMs = 0;
    waitedMs < GROUP_END_MS && signalGroup(leader, 'SIGKILL');
    waitedMs += GROUP_POLL_MS
  ) {
    await wait(GROUP_POLL_MS);
  }
}

/** Whether there was anyone to get it. */
function signalGroup(leader, signal) {
  try {
    return leader !== undefined && process.kill(-leader, signal);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}
