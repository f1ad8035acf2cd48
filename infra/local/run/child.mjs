/**
 * Runs programs in the foreground: passes signals and exit codes on, and leaves no process of theirs behind.
 *
 * Each program leads a process group of its own. A terminal's Ctrl-C therefore reaches it only through here, once, although
 * the kernel and npm both deliver it to this process; and whatever its group holds after its end can be ended exactly.
 *
 * Shape   [{ program, args, watched, environment }] -> exit code of the first step that fails, else 0
 */

import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { modulesDir, projectDir } from './paths.mjs';
import { endGroup } from './process-group.mjs';
import { forwardSignals } from './signals.mjs';

export async function runSteps(steps) {
  for (const step of steps) {
    const code = await runStep(step);
    if (code !== 0) return code;
  }
  return 0;
}

async function runStep({ program, args, watched = false, environment = {} }) {
  const child = spawn(program, args, {
    cwd: projectDir,
    env: {
      ...process.env,
      ...environment,
      PATH: [join(modulesDir, '.bin'), process.env.PATH].join(delimiter),
    },
    // The open channel tells a watched child that this process is gone, however it went.
    stdio: ['inherit', 'inherit', 'inherit', ...(watched ? ['ipc'] : [])],
    detached: true,
  });
  let asked;
  const stopForwarding = forwardSignals(signal => {
    asked = signal;
    child.kill(signal);
  });
  const { code, sentence } = await endOf(child, watched ? signal => signal === asked : () => false);
  stopForwarding();
  await endGroup(child.pid);
  if (sentence !== undefined) process.stderr.write(`${sentence}\n`);
  return code;
}

/** A program that was asked to stop before it could listen for that has stopped as well. */
function endOf(child, isStop) {
  return new Promise(resolve => {
    child.once('error', error => resolve({ code: 1, sentence: startProblem(child.spawnfile, error) }));
    child.once('exit', (code, signal) => {
      if (code !== null || isStop(signal)) resolve({ code: code ?? 0 });
      else resolve({ code: 1, sentence: `It was ended by ${signal}; run it again.` });
    });
  });
}

function startProblem(program, error) {
  // The file is there, so what is missing is the loader it names: glibc's.
  if (error.code === 'ENOENT')
    return `${program} needs a Linux with glibc (Debian, Ubuntu, Fedora …): use one.`;
  return `${program} could not be started (${error.code}): check that it may be executed.`;
}
