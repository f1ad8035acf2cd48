/**
 * Whose turn it is between a function's runtime and its invocations: brings the event to the runtime when both are there,
 * counts the time, and makes sure that every invocation ends exactly once.
 *
 * Units   deadline epoch ms; it counts from when the runtime takes the event, as in Lambda
 * Errors  none: a crash, a timeout and a module that cannot be loaded are results in Lambda's own words
 */

import type { Clock } from '../../../shared/primitives/clock.ts';
import { exited, type Invocation, type InvocationResult, timedOut } from './invocation.ts';
import type { HandedOut, RuntimeApiListener } from './runtime-api.ts';

export interface Turn {
  /** What the runtime's calls mean. */
  readonly listener: RuntimeApiListener;
  run(invocation: Invocation): Promise<InvocationResult>;
  /** The process is gone; an invocation that still ran has failed. */
  processEnded(code: number | null, signal: NodeJS.Signals | null): void;
}

export interface TurnOptions {
  readonly clock: Clock;
  readonly functionArn: string;
  readonly timeoutSeconds: number;
  /** Lambda gives a module ten seconds to load. */
  readonly initSeconds: number;
  readonly kill: () => void;
}

interface Running extends Invocation {
  readonly settle: (result: InvocationResult) => void;
}

export function createTurn({ clock, functionArn, timeoutSeconds, initSeconds, kill }: TurnOptions): Turn {
  let running: Running | null = null;
  let take: ((given: HandedOut) => void) | null = null;
  let initFailure: InvocationResult | null = null;
  let timer: NodeJS.Timeout | undefined;

  function finish(result: InvocationResult): void {
    clearTimeout(timer);
    const ended = running;
    running = null;
    ended?.settle(result);
  }

  function killAfter(seconds: number, { requestId }: Invocation): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      kill();
      finish(timedOut(requestId, seconds));
    }, seconds * 1000);
  }

  function meet(): void {
    if (!running || !take) return;
    const { requestId, payload } = running;
    killAfter(timeoutSeconds, running);
    take({ requestId, payload, functionArn, deadlineAt: clock() + timeoutSeconds * 1000 });
    take = null;
  }

  const listener: RuntimeApiListener = {
    next: () =>
      new Promise(resolve => {
        take = resolve;
        meet();
      }),
    finished(requestId, result) {
      if (running?.requestId === requestId) finish(result);
    },
    initFailed(result) {
      initFailure = result;
    },
  };
  return {
    listener,
    run: invocation =>
      new Promise(settle => {
        running = { ...invocation, settle };
        killAfter(initSeconds, invocation);
        meet();
      }),
    processEnded: (code, signal) => finish(initFailure ?? exited(running?.requestId ?? '', code, signal)),
  };
}
