/**
 * Keeps a stream in a file of its own while something has to be known of all of it before any of it is sent.
 *
 * Shape   first bytes, source -> { path, bytes, sha256, remove() }
 * Units   bytes
 * Errors  those of the stream and the disk; nothing stays behind then
 * Cost    the stream's size on the disk of the system's temporary folder
 */

import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteSource } from './sources.ts';

export interface Spooled {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  remove(): Promise<void>;
}

export async function spool(source: ByteSource): Promise<Spooled> {
  const folder = await mkdtemp(join(tmpdir(), 'headrace-asset-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'asset');
    return { path, remove, ...(await write(source, path)) };
  } catch (error) {
    await remove();
    throw error;
  }
}

const CHUNK_BYTES = 1024 * 1024;

async function write(source: ByteSource, path: string): Promise<{ bytes: number; sha256: string }> {
  const file = await open(path, 'wx', 0o600);
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for (let filled = CHUNK_BYTES; filled === CHUNK_BYTES; ) {
      filled = await source.fill(buffer);
      hash.update(buffer.subarray(0, filled));
      await file.writeFile(buffer.subarray(0, filled));
      bytes += filled;
    }
  } finally {
    await file.close();
    await source.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}
