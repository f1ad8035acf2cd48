/**
 * Sources in a folder of this machine: for development, and to measure the function without a network.
 *
 * A name leads nowhere else: the grammar lets no dot segments through, and a link that points out of the folder is refused.
 *
 * Errors  IMAGE_SOURCE_MISSING for what is no file, IMAGE_SOURCE_TOO_LARGE
 * Cost    one stat, one read
 */
import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type Refusal, refuse } from '../../../shared/images/refusal.ts';
import type { SourceInfo, SourceStore } from '../../../shared/images/stores.ts';
import { tooLarge } from './read-whole.ts';

export function createFolderSources(folder: string) {
  const root = realpath(folder);

  async function withFile<Result>(
    key: string,
    use: (
      file: Awaited<ReturnType<typeof open>>,
      info: SourceInfo & { readonly size: number },
    ) => Promise<Result>,
  ): Promise<Result | Refusal> {
    const file = await openWithin(await root, key);
    if (file === undefined) return refuse('IMAGE_SOURCE_MISSING', 'the folder has no file of this name');
    try {
      const { mtimeMs, size, ino } = await file.stat();
      const etag = `"${ino.toString(36)}-${size.toString(36)}-${Math.round(mtimeMs * 1000).toString(36)}"`;
      return await use(file, { etag, size });
    } finally {
      await file.close();
    }
  }

  return {
    stat: key => withFile(key, async (_, { etag }) => ({ etag })),
    read: (key, maxBytes) =>
      withFile(key, async (file, { etag, size }) =>
        size > maxBytes ? tooLarge(maxBytes) : { etag, bytes: await file.readFile() },
      ),
  } satisfies SourceStore;
}

async function openWithin(root: string, key: string) {
  try {
    const path = await realpath(join(root, key));
    if (!path.startsWith(root + sep)) return undefined;
    const file = await open(path, 'r');
    if ((await file.stat()).isFile()) return file;
    await file.close();
    return undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_FILE.has(error.code)) return undefined;
    throw error;
  }
}

const NO_FILE: ReadonlySet<unknown> = new Set([
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'ENAMETOOLONG',
  'ELOOP',
  'EACCES',
]);
