/**
 * One function as its callers see it: events in, results out, one after the other, in a process that is started when the
 * first event comes and again after a crash or a timeout.
 *
 * Shape   invoke(payload) -> result
 * Errors  none: how an invocation went wrong is its result. It is not tried again: that is the caller's part
 * Cost    one process a function, so one event at a time; Lambda would run several side by side
 */

import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { InvocationResult } from './invocation.ts';
import { type Sandbox, type SandboxDeps, startSandbox } from './sandbox.ts';
import type { SandboxSettings } from './sandbox-settings.ts';

export interface Lambda {
  invoke(payload: string): Promise<InvocationResult>;
  /** Ends the process and what runs in it. */
  stop(): Promise<void>;
}

export function createLambda(settings: SandboxSettings, deps: SandboxDeps): Lambda {
  let sandbox: Sandbox | null = null;
  let stopped = false;
  let last: Promise<unknown> = Promise.resolve();

  async function warmSandbox(): Promise<{ readonly warm: Sandbox; readonly cold: boolean }> {
    if (sandbox?.alive()) return { warm: sandbox, cold: false };
    await sandbox?.kill();
    sandbox = await startSandbox(settings, deps);
    return { warm: sandbox, cold: true };
  }

  async function runOne(payload: string): Promise<InvocationResult> {
    if (stopped) throw new Error(`${settings.name} was stopped`);
    const requestId = randomUUID();
    const begun = performance.now();
    const { warm, cold } = await warmSandbox();
    const result = await warm.run({ requestId, payload });
    // What is ended with everything else did not fail.
    if (!stopped) deps.log(report({ requestId, cold, ok: result.ok, durationMs: performance.now() - begun }));
    return result;
  }

  return {
    invoke(payload) {
      const turn = last.then(() => runOne(payload));
      last = turn.catch(() => {});
      return turn;
    },
    async stop() {
      stopped = true;
      await sandbox?.kill();
    },
  };
}

interface Report {
  readonly requestId: string;
  readonly cold: boolean;
  readonly ok: boolean;
  readonly durationMs: number;
}

/** The platform's own log line, in the shape CloudWatch gets it. */
function report({ requestId, cold, ok, durationMs }: Report): string {
  const metrics = { durationMs: Math.round(durationMs * 100) / 100 };
  return JSON.stringify({
    type: 'platform.report',
    record: { requestId, status: ok ? 'success' : 'error', coldStart: cold, metrics },
  });
}
