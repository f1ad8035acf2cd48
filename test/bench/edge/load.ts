/**
 * Puts load on a server from another process, so that what is measured here is the server's alone.
 *
 * Shape   Load -> resolves when all answers have come
 * Errors  rejects with the first answer that is not as it should be
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Load {
  readonly url: string;
  readonly requests: number;
  readonly connections: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Makes each URL one that was never asked for; the text keeps this load's apart from others'. */
  readonly unique?: string;
}

export interface Loader {
  put(load: Load): Promise<void>;
  stop(): void;
}

export function startLoader(): Loader {
  const child = fork(join(import.meta.dirname, 'load-process.ts'));
  return {
    async put(load) {
      child.send(load);
      const [outcome] = await once(child, 'message');
      if (outcome !== 'done') throw new Error(`The load on ${load.url} failed: ${outcome}`);
    },
    stop: () => child.disconnect(),
  };
}
