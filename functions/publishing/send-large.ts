/**
 * Sends what is too large to be held whole: in parts, some at once, each with its digests; one part alone goes as it is.
 *
 * Nothing is seen of it until all of it has arrived and is what was expected: a file that changed meanwhile leaves what the
 * key had before. An interrupted one can be gone on with, since its parts stay; one that changed is given up.
 *
 * Shape   source, destination -> { etag, bytes, sha256 }
 * Units   bytes
 * Errors  AssetStoreError; AssetChanged; the reason of the signal
 * Cost    memory: the part buffers, whatever the size
 */

import { createHash } from 'node:crypto';
import type { AssetAttributes, AssetStore, AssetUpload } from '../../shared/publishing/asset-store.ts';
import { AssetChanged } from './asset-changed.ts';
import { md5, sha256, toHex } from './digests.ts';
import type { PartBuffers } from './part-buffers.ts';
import type { ByteSource } from './sources.ts';

export interface Destination {
  readonly store: AssetStore;
  readonly key: string;
  readonly attributes: AssetAttributes;
  readonly buffers: PartBuffers;
  /** In hex; undefined where nobody knows beforehand. */
  readonly expectedSha256?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Of bytes that are there, sent now or before. */
  readonly onBytes?: ((bytes: number, how: 'sent' | 'present') => void) | undefined;
}

export interface SentLarge {
  readonly etag: string;
  readonly bytes: number;
  readonly sha256: string;
}

export async function sendLarge(source: ByteSource, to: Destination): Promise<SentLarge> {
  try {
    const first = await readPart(source, to);
    const isAll = first.filled < to.buffers.partBytes;
    return await (isAll ? sendAlone(first, to) : sendParts(first, source, to));
  } finally {
    await source.close();
  }
}

interface ReadPart {
  readonly buffer: Uint8Array;
  readonly filled: number;
}

async function readPart(source: ByteSource, { buffers, signal }: Destination): Promise<ReadPart> {
  signal?.throwIfAborted();
  const buffer = await buffers.take();
  try {
    return { buffer, filled: await source.fill(buffer) };
  } catch (error) {
    buffers.give(buffer);
    throw error;
  }
}

async function sendAlone({ buffer, filled }: ReadPart, to: Destination): Promise<SentLarge> {
  const { store, key, attributes, buffers, signal } = to;
  const bytes = buffer.subarray(0, filled);
  try {
    const digest = toHex(sha256(bytes));
    checkDigest(digest, to);
    const { etag } = await store.put(key, bytes, attributes, { signal });
    to.onBytes?.(filled, 'sent');
    return { etag, bytes: filled, sha256: digest };
  } finally {
    buffers.give(buffer);
  }
}

async function sendParts(first: ReadPart, source: ByteSource, to: Destination): Promise<SentLarge> {
  const upload = await open(first, to);
  const whole = createHash('sha256');
  const sending = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let part = first;
  let bytes = 0;
  for (let number = 1; ; number++) {
    const { buffer, filled } = part;
    whole.update(buffer.subarray(0, filled));
    bytes += filled;
    const sent: Promise<void> = sendPart({ upload, number, part }, to)
      .catch(error => void failures.push(error))
      .finally(() => sending.delete(sent));
    sending.add(sent);
    const isLast = filled < to.buffers.partBytes;
    if (isLast || failures.length > 0) break;
    part = await readPart(source, to).catch(async error => {
      await Promise.all(sending);
      throw error;
    });
    if (part.filled === 0) {
      to.buffers.give(part.buffer);
      break;
    }
  }
  await Promise.all(sending);
  if (failures.length > 0) throw failures[0];
  return finish(upload, { bytes, sha256: whole.digest('hex') }, to);
}

async function open({ buffer }: ReadPart, { store, key, attributes, buffers, signal }: Destination) {
  return store.open(key, attributes, { signal }).catch(error => {
    buffers.give(buffer);
    throw error;
  });
}

interface Sending {
  readonly upload: AssetUpload;
  readonly number: number;
  readonly part: ReadPart;
}

async function sendPart(
  { upload, number, part: { buffer, filled } }: Sending,
  { buffers, onBytes }: Destination,
): Promise<void> {
  const bytes = buffer.subarray(0, filled);
  try {
    const how = await upload.send({ number, bytes, md5: md5(bytes), sha256: sha256(bytes) });
    onBytes?.(filled, how);
  } finally {
    buffers.give(buffer);
  }
}

async function finish(
  upload: AssetUpload,
  sent: Omit<SentLarge, 'etag'>,
  to: Destination,
): Promise<SentLarge> {
  to.signal?.throwIfAborted();
  try {
    checkDigest(sent.sha256, to);
  } catch (error) {
    await upload.abort();
    throw error;
  }
  return { ...sent, etag: (await upload.complete()).etag };
}

function checkDigest(found: string, { key, expectedSha256 }: Destination): void {
  if (expectedSha256 !== undefined && expectedSha256 !== found) throw new AssetChanged(key);
}
