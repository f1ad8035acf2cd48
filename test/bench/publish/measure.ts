/**
 * Publishes a folder into the local S3, each in a process of its own, and compares every byte that is then stored.
 *
 * Shape   share of 100 MB -> figures
 * Units   bytes, ms
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { openS3Assets } from '../../../functions/adapters/asset-stores/open-s3.ts';
import { readFolder } from '../../../functions/publishing/read-folder.ts';
import { localCredentials } from '../../../infra/local/aws/start.ts';
import { makeSite } from './make-site.ts';
import { ENVIRONMENT, FLAGS } from './stream.ts';

export interface PublishFigures {
  readonly bytes: number;
  readonly files: number;
  readonly ms: number;
  readonly cpuMs: number;
  /** Of a second run, of the same folder. */
  readonly unchangedMs: number;
  readonly idleBytes: number;
  readonly peakBytes: number;
  /** Keys whose bytes are not the file's. */
  readonly wrong: readonly string[];
}

export async function measurePublish(share: number): Promise<PublishFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'headrace-publish-bench-'));
  const bytes = await makeSite(folder, share);
  const storing = spawn(process.execPath, [fileOf('store-process.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [endpoint] = (await once(createInterface(storing.stdout), 'line')) as [string];
    const first = await publish(folder, endpoint);
    const again = await publish(folder, endpoint);
    return { ...first, bytes, unchangedMs: again.ms, wrong: await compare(folder, endpoint) };
  } finally {
    storing.stdin.end();
    await once(storing, 'exit');
    await rm(folder, { recursive: true });
  }
}

async function publish(folder: string, endpoint: string): Promise<Omit<PublishFigures, 'bytes' | 'wrong'>> {
  const publishing = spawn(process.execPath, [...FLAGS, fileOf('publishing-process.ts'), folder, endpoint], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: ENVIRONMENT,
  });
  return JSON.parse(await text(publishing.stdout));
}

async function compare(folder: string, endpoint: string): Promise<string[]> {
  const credentials = localCredentials({});
  const store = openS3Assets({ bucket: 'assets', region: 'us-east-1', endpoint, credentials });
  const wrong: string[] = [];
  for (const { key, path, bytes } of (await readFolder(folder)).files) {
    const stored = await store.read(key, bytes);
    if (!stored || Buffer.compare(stored.bytes, await readFile(path)) !== 0) wrong.push(key);
  }
  return wrong;
}

function fileOf(name: string): string {
  return join(import.meta.dirname, name);
}
