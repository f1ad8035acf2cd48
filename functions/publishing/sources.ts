/**
 * Where the bytes of an asset come from, read into memory that its reader brings: no more is held than was asked for.
 *
 * Shape   open(path | stream | bytes) -> { fill(buffer) -> bytes read, fewer only at the end; close() }
 * Units   bytes
 * Errors  those of the file or stream
 */

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

export interface ByteSource {
  fill(buffer: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

/** Not through a link, and without waiting for whoever writes into a pipe. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

export async function openFile(path: string): Promise<ByteSource> {
  const file = await open(path, FLAGS);
  return {
    async fill(buffer) {
      let filled = 0;
      while (filled < buffer.byteLength) {
        const { bytesRead } = await file.read(buffer, filled, buffer.byteLength - filled, null);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return filled;
    },
    close: () => file.close(),
  };
}

export function openStream(chunks: AsyncIterable<Uint8Array>): ByteSource {
  const iterator = chunks[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array();
  let ended = false;

  async function next(): Promise<boolean> {
    const { value, done = false } = await iterator.next();
    ended = done;
    if (!done) rest = value;
    return !done;
  }

  return {
    async fill(buffer) {
      let filled = 0;
      while (filled < buffer.byteLength) {
        if (rest.byteLength === 0 && (ended || !(await next()))) break;
        const taken = rest.subarray(0, buffer.byteLength - filled);
        buffer.set(taken, filled);
        filled += taken.byteLength;
        rest = rest.subarray(taken.byteLength);
      }
      return filled;
    },
    async close() {
      if (!ended) await iterator.return?.();
    },
  };
}

/** As a stream again, for what compresses. */
export async function* chunksOf(source: ByteSource, chunkBytes = 256 * 1024): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const buffer = Buffer.allocUnsafe(chunkBytes);
      const filled = await source.fill(buffer);
      if (filled > 0) yield buffer.subarray(0, filled);
      if (filled < chunkBytes) return;
    }
  } finally {
    await source.close();
  }
}
