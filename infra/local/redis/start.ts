/**
 * Starts the embedded Redis in a process of its own.
 *
 * Shape   { token, snapshotFile } -> Part & { url, token }, once it listens
 * Errors  StartError when its process ends before
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startNodePart } from '../node-part.ts';
import type { Part } from '../part.ts';

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
  const part = await startNodePart(join(import.meta.dirname, 'main.ts'), {
    name: 'The embedded Redis',
    instead: 'set UPSTASH_REDIS_REST_URL and _TOKEN to use your own instead',
    environment: { TOKEN: token, ...(snapshotFile && { SNAPSHOT: snapshotFile }) },
    graceMs: GRACE_MS,
  });
  return { ...part, token };
}
