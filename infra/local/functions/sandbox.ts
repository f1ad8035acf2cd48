/**
 * One function's process with AWS's own runtime client in it.
 *
 * Shape   run(invocation) -> result; a process that ended runs nothing more, `alive` says so
 * Errors  none: how an invocation went wrong is its result
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Clock } from '../../../shared/primitives/clock.ts';
import type { LoopbackServer } from '../loopback.ts';
import type { Invocation, InvocationResult } from './invocation.ts';
import { serveRuntimeApi } from './runtime-api.ts';
import { type SandboxSettings, sandboxArguments, sandboxEnvironment } from './sandbox-settings.ts';
import { createTurn, type Turn } from './turn.ts';

export interface Sandbox {
  alive(): boolean;
  run(invocation: Invocation): Promise<InvocationResult>;
  /** Resolves when the process is gone. */
  kill(): Promise<void>;
}

export interface SandboxDeps {
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

const INIT_SECONDS = 10;

export async function startSandbox(settings: SandboxSettings, { clock, log }: SandboxDeps): Promise<Sandbox> {
  const turn = createTurn({
    clock,
    functionArn: `arn:aws:lambda:${settings.aws.region}:000000000000:function:${settings.name}`,
    timeoutSeconds: settings.spec.timeoutSeconds,
    initSeconds: INIT_SECONDS,
    kill: () => child.kill('SIGKILL'),
  });
  const api = await serveRuntimeApi(turn.listener);
  const child = spawnRuntime(settings, api.origin);
  const gone = untilGone(child, { turn, api });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', log);
  return {
    alive: () => child.exitCode === null && child.signalCode === null && !child.killed,
    run: turn.run,
    kill() {
      child.kill('SIGKILL');
      return gone;
    },
  };
}

function spawnRuntime(settings: SandboxSettings, runtimeApi: string) {
  return spawn(process.execPath, sandboxArguments(settings), {
    cwd: settings.taskRoot,
    env: sandboxEnvironment(settings, runtimeApi),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

function untilGone(
  child: ChildProcess,
  { turn, api }: { readonly turn: Turn; readonly api: LoopbackServer },
): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      turn.processEnded(code, signal);
      api.close().then(resolve, reject);
    });
  });
}
