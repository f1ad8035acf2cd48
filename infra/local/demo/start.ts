/**
 * Starts the demo origin in a process of its own.
 *
 * Shape   { databaseUrl } -> Part & { url }, once it listens
 * Errors  StartError when its process ends before
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { holdOutput } from '../held-output.ts';
import { EXIT, type Part, StartError } from '../part.ts';
import { exitOf, processPart } from '../process-part.ts';

export interface DemoOptions {
  /** Where products are kept. @default in memory, for this run */
  readonly databaseUrl?: string | undefined;
}

export interface Demo extends Part {
  readonly url: string;
}

const GRACE_MS = 500;

export async function startDemo({ databaseUrl }: DemoOptions = {}): Promise<Demo> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'server.ts')], {
    env: databaseUrl ? { DATABASE_URL: databaseUrl } : {},
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = holdOutput(child);
  const url = await Promise.race([firstMessage(child), exitOf(child).then(() => undefined)]);
  if (url === undefined) {
    const [reason] = output.text().match(/^\w*Error:.*$/m) ?? ['it said nothing'];
    throw new StartError(
      EXIT.failure,
      `The demo origin did not start (${reason}); set ORIGIN_URL to use your own instead.`,
    );
  }
  output.release();
  return { ...processPart(child, { graceMs: GRACE_MS }), url };
}

function firstMessage(child: ChildProcess): Promise<string> {
  return new Promise(resolve => child.once('message', message => resolve((message as { url: string }).url)));
}
