/**
 * Starts the embedded Redis in a process of its own.
 *
 * Shape   { token, snapshotFile } -> Part & { url, token }, once it listens
 * Errors  StartError when its process ends before
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { holdOutput } from '../held-output.ts';
import { EXIT, type Part, StartError } from '../part.ts';
import { exitOf, processPart } from '../process-part.ts';

export interface RedisOptions {
  /** What clients must show. @default made for this run */
  readonly token?: string;
  /** Where the state is kept between runs. @default nowhere */
  readonly snapshotFile?: string | undefined;
}

export interface LocalRedis extends Part {
  readonly url: string;
  readonly token: string;
}

/** Writing a snapshot of some hundred megabytes takes a moment. */
const GRACE_MS = 5_000;

export async function startRedis({
  token = randomUUID(),
  snapshotFile,
}: RedisOptions = {}): Promise<LocalRedis> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { TOKEN: token, ...(snapshotFile && { SNAPSHOT: snapshotFile }) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = holdOutput(child);
  const url = await Promise.race([firstMessage(child), exitOf(child).then(() => undefined)]);
  if (url === undefined) {
    const [reason] = output.text().match(/^\w*Error:.*$/m) ?? ['it said nothing'];
    throw new StartError(
      EXIT.failure,
      `The embedded Redis did not start (${reason}); set UPSTASH_REDIS_REST_URL and _TOKEN to use your own instead.`,
    );
  }
  output.release();
  return { ...processPart(child, { graceMs: GRACE_MS }), url, token };
}

function firstMessage(child: ChildProcess): Promise<string> {
  return new Promise(resolve => child.once('message', message => resolve((message as { url: string }).url)));
}
