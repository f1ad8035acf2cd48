/**
 * A child process as a part of the stack: it ends when asked, or after a grace by force.
 *
 * Shape   (child, options) -> Part
 * Units   milliseconds
 */

import type { ChildProcess } from 'node:child_process';
import type { Part } from './part.ts';

export interface ProcessPartOptions {
  /** How long it may take to finish after SIGTERM, before SIGKILL. */
  readonly graceMs: number;
}

export function processPart(child: ChildProcess, { graceMs }: ProcessPartOptions): Part {
  let stopping = false;
  const exit = exitOf(child);
  return {
    pid: child.pid ?? null,
    async stop() {
      stopping = true;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exit;
      clearTimeout(force);
    },
    ended: new Promise(resolve => {
      void exit.then(reason => {
        if (!stopping) resolve(reason);
      });
    }),
  };
}

/** Resolves with the reason, also for a child that is gone already. */
export function exitOf(child: ChildProcess): Promise<string> {
  const reason = () =>
    child.signalCode ? `ended by ${child.signalCode}` : `ended with code ${child.exitCode}`;
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(reason());
    child.once('exit', () => resolve(reason()));
    child.once('error', error => resolve(`could not be started: ${error.message}`));
  });
}
