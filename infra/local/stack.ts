/**
 * Keeps the parts of a run: starts them side by side, says when one ends by itself, ends them in reverse order.
 *
 * Units   milliseconds
 * Errors  start() rejects with the part's StartError, or with StoppedError once the end has begun
 */

import { setTimeout as wait } from 'node:timers/promises';
import type { Part } from './part.ts';
import { signalProcess } from './processes.ts';

export interface Stack {
  start<Started extends Part>(name: string, starting: () => Promise<Started>): Promise<Started>;
  /** Resolves when every part has ended, those included that were still starting. */
  stop(): Promise<void>;
  /** Ends at once and without order what has not ended yet. */
  kill(): void;
}

export interface StackEvents {
  started(name: string, part: Part, tookMs: number): void;
  /** A part ended although nobody stopped it. */
  ended(name: string, reason: string): void;
}

export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** A part that does not end in this time is left to kill(). */
const STOP_LIMIT_MS = 5_000;

export function createStack(events: StackEvents): Stack {
  const parts = new Set<Part>();
  const starting = new Set<Promise<Part>>();
  let stopping: Promise<void> | undefined;

  async function keep<Started extends Part>(name: string, start: () => Promise<Started>): Promise<Started> {
    const begunAt = performance.now();
    const part = await start();
    parts.add(part);
    events.started(name, part, performance.now() - begunAt);
    void part.ended.then(reason => {
      parts.delete(part);
      if (!stopping) events.ended(name, reason);
    });
    return part;
  }

  async function stopPart(part: Part): Promise<void> {
    await part.stop();
    parts.delete(part);
  }

  async function stopAll(): Promise<void> {
    await Promise.race([Promise.allSettled(starting), limit()]);
    // One that cannot be stopped keeps none of the others.
    for (const part of [...parts].reverse())
      await Promise.race([Promise.allSettled([stopPart(part)]), limit()]);
  }

  return {
    async start(name, start) {
      if (stopping) throw new StoppedError(`${name} was not started: the stack is stopping`);
      const promise = keep(name, start);
      starting.add(promise);
      return promise.finally(() => starting.delete(promise));
    },
    stop: () => (stopping ??= stopAll()),
    kill() {
      stopping ??= Promise.resolve();
      for (const { pid } of parts) if (pid !== null) signalProcess(pid, 'SIGKILL');
    },
  };
}

function limit(): Promise<void> {
  return wait(STOP_LIMIT_MS, undefined, { ref: false });
}
