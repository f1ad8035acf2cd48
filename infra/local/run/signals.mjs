/**
 * Passes on to a child what asks this process to end.
 *
 * Units   milliseconds
 */

import { commandLineOf, statusOf } from './process-status.mjs';

/** The same Ctrl-C from the kernel and from npm, which forwards it, counts once. */
const SAME_SIGNAL_MS = 500;
const PARENT_CHECK_MS = 250;

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
  const started = lineOfNpm();
  const timer = setInterval(() => {
    if (lineOfNpm() === started) return;
    clearInterval(timer);
    onGone();
  }, PARENT_CHECK_MS);
  return timer;
}

/** The parent, and npm above it where the parent is the shell that npm runs scripts by: that one outlives npm. */
function lineOfNpm() {
  const parent = process.ppid;
  const isShell = commandLineOf(parent)[1] === '-c';
  return isShell ? `${parent} ${statusOf(parent)?.parent}` : `${parent}`;
}
