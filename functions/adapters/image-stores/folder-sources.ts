/**
 * Sources in a folder of this machine: for development, and to measure the function without a network.
 *
 * A name leads nowhere else: dot segments that climb out are refused, and so are links, in a file's place or a folder's.
 *
 * Errors  IMAGE_SOURCE_MISSING for what is no file, IMAGE_SOURCE_TOO_LARGE
 * Cost    one open, one stat, one read; for a file in a folder of the folder, the way to it is looked at
 */
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { type Refusal, refuse } from '../../../shared/images/refusal.ts';
import type { SourceStore } from '../../../shared/images/stores.ts';
import { tooLarge } from './read-whole.ts';

export function createFolderSources(folder: string) {
  async function withFile<Result>(
    key: string,
    use: (opened: Opened) => Promise<Result | Refusal>,
  ): Promise<Result | Refusal> {
    const opened = await openWithin(folder, key);
    if (opened === undefined) return refuse('IMAGE_SOURCE_MISSING', 'the folder has no file of this name');
    try {
      if (!opened.stats.isFile()) return refuse('IMAGE_SOURCE_MISSING', 'what has this name is no file');
      return await use(opened);
    } finally {
      await opened.file.close();
    }
  }

  return {
    stat: key => withFile(key, async ({ stats }) => ({ etag: etagOf(stats) })),
    read: (key, maxBytes) =>
      withFile(key, async ({ file, stats }) =>
        stats.size > maxBytes
          ? tooLarge(maxBytes)
          : { etag: etagOf(stats), bytes: await readAll(file, stats.size) },
      ),
  } satisfies SourceStore;
}

interface Opened {
  readonly file: FileHandle;
  readonly stats: Stats;
}

/** Not through a link, and without waiting for whoever writes into a pipe. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function openWithin(folder: string, key: string): Promise<Opened | undefined> {
  const path = resolve(folder, key);
  if (!path.startsWith(resolve(folder) + sep)) return undefined;
  try {
    if (await leavesByLink(folder, dirname(path))) return undefined;
    const file = await open(path, FLAGS);
    return { file, stats: await file.stat() };
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_FILE.has(error.code)) return undefined;
    throw error;
  }
}

/** What lies in the folder itself has no link above it that a client could choose. */
async function leavesByLink(folder: string, parent: string): Promise<boolean> {
  const from = resolve(folder);
  if (parent === from) return false;
  const [real, realParent] = await Promise.all([realpath(from), realpath(parent)]);
  return realParent !== real + parent.slice(from.length);
}

const NO_FILE: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EACCES']);

function etagOf({ ino, size, mtimeMs }: Stats): string {
  const parts = [ino, size, Math.round(mtimeMs * 1000)];
  return `"${parts.map(part => part.toString(36)).join('-')}"`;
}

/** One that shrinks meanwhile is read as far as it goes. */
async function readAll(file: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(size);
  let read = 0;
  while (read < size) {
    const { bytesRead } = await file.read(bytes, read, size - read, read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}
