/** A folder and a bucket of one's own: what the tests of publishing stand on. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openS3Assets } from '../../../functions/adapters/asset-stores/open-s3.ts';
import { localCredentials, startAws } from '../../../infra/local/aws/start.ts';
import type { AssetStore } from '../../../shared/publishing/asset-store.ts';

export interface Stage {
  readonly store: AssetStore;
  readonly aws: Awaited<ReturnType<typeof startAws>>;
  /** What is stored under a key, decoded as text; undefined where nothing is. */
  wordsOf(key: string): Promise<string | undefined>;
  folder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string>;
  stop(): Promise<void>;
}

export const BUCKET = 'assets';

export async function openStage(): Promise<Stage> {
  const credentials = localCredentials({});
  const aws = await startAws({ topology: { buckets: { [BUCKET]: {} }, queues: {} }, credentials });
  const store = openS3Assets({ bucket: BUCKET, region: aws.region, endpoint: aws.endpoint, credentials });
  const folders: string[] = [];
  return {
    store,
    aws,
    async wordsOf(key) {
      const found = await store.read(key, 64 * 1024 * 1024);
      return found && new TextDecoder().decode(found.bytes);
    },
    async folder(files) {
      const folder = await mkdtemp(join(tmpdir(), 'headrace-publishing-'));
      folders.push(folder);
      await writeFiles(folder, files);
      return folder;
    },
    async stop() {
      await aws.stop();
      for (const folder of folders) await rm(folder, { recursive: true });
    },
  };
}

export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

export interface Watched {
  readonly store: AssetStore;
  /** Keys, in the order in which they were there. */
  readonly written: string[];
}

/** Tells what is written; `fault` may refuse a key before it is. */
export function watchWrites(inner: AssetStore, fault: (key: string) => void = () => {}): Watched {
  const written: string[] = [];
  const store: AssetStore = {
    ...inner,
    async put(key, bytes, attributes, settings) {
      fault(key);
      const answer = await inner.put(key, bytes, attributes, settings);
      written.push(key);
      return answer;
    },
    async open(key, attributes, settings) {
      const upload = await inner.open(key, attributes, settings);
      return {
        send(part) {
          fault(`${key}#${part.number}`);
          return upload.send(part);
        },
        abort: () => upload.abort(),
        async complete() {
          fault(key);
          const answer = await upload.complete();
          written.push(key);
          return answer;
        },
      };
    },
  };
  return { store, written };
}
