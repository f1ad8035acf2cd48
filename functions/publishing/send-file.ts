/**
 * Sends one file of a folder, unless an interrupted run has sent the same already.
 *
 * Shape   file -> 'sent' | 'present'
 * Units   bytes
 * Errors  AssetStoreError; AssetChanged
 * Cost    the requests of store-asset.ts; one to look, where the last run was interrupted
 */

import { isContentName } from '../../shared/publishing/content-name.ts';
import { AssetChanged } from './asset-changed.ts';
import { sha256, toHex } from './digests.ts';
import { prepareWhole } from './prepare-whole.ts';
import type { PublishDeps } from './publish-deps.ts';
import type { ScannedFile } from './scan-files.ts';
import { WHOLE_BYTES } from './sizes.ts';
import { openFile } from './sources.ts';
import { storeLarge, storeWhole } from './store-asset.ts';
import type { Described, Treatment } from './treatment.ts';

export interface SendFileOptions {
  readonly treatment: Treatment;
  readonly prefix: string;
  /** Whether the store is asked first. */
  readonly compares: boolean;
  readonly signal?: AbortSignal | undefined;
}

export type SendFile = (file: ScannedFile, onBytes: (bytes: number) => void) => Promise<'sent' | 'present'>;

export function createSendFile(deps: PublishDeps, options: SendFileOptions): SendFile {
  const { prefix, compares, signal } = options;
  return async (file, onBytes) => {
    signal?.throwIfAborted();
    if (compares && (await isStored(file, deps, prefix))) {
      onBytes(file.bytes);
      return 'present';
    }
    const isWhole = file.bytes <= WHOLE_BYTES;
    await (isWhole ? sendWhole : sendInParts)(file, { deps, options, onBytes });
    return 'sent';
  };
}

async function isStored(
  { key, sha256: digest, form }: ScannedFile,
  { store }: PublishDeps,
  prefix: string,
): Promise<boolean> {
  const metadata = (await store.stat(prefix + key))?.attributes.metadata;
  return metadata?.['content-sha256'] === digest && metadata.form === form;
}

interface Sending {
  readonly deps: PublishDeps;
  readonly options: SendFileOptions;
  readonly onBytes: (bytes: number) => void;
}

/** Twice its size: itself, and what is made of it. */
function sendWhole(file: ScannedFile, { deps, options, onBytes }: Sending): Promise<unknown> {
  const { prefix, signal } = options;
  return deps.budget.within(file.bytes * 2, async () => {
    const bytes = await readWhole(file);
    const storing = storingOf(file, options);
    const prepared = await prepareWhole({ ...storing, bytes, contentType: file.contentType });
    signal?.throwIfAborted();
    const to = { store: deps.store, buffers: deps.buffersFor(undefined), signal };
    await storeWhole(prepared, { ...storing, key: prefix + file.key }, to);
    onBytes(file.bytes);
  });
}

function sendInParts(file: ScannedFile, { deps, options, onBytes }: Sending): Promise<unknown> {
  const { prefix, signal } = options;
  const to = { store: deps.store, buffers: deps.buffersFor(file.bytes), signal, onBytes };
  return storeLarge(file, { ...storingOf(file, options), key: prefix + file.key }, to);
}

function storingOf(
  { key, contentType, sha256: digest, form, coding, brought }: ScannedFile,
  options: SendFileOptions,
) {
  const described: Described = { contentType, isHashed: isContentName(key), sha256: digest, form, coding };
  // A form is stored as it was brought.
  const treatment = coding ? { ...options.treatment, compress: false, minify: false } : options.treatment;
  return { key, described, treatment, brought };
}

async function readWhole({ key, path, bytes, sha256: expected }: ScannedFile): Promise<Uint8Array> {
  const source = await openFile(path);
  try {
    // One byte more than there should be: so a file that grew is seen.
    const buffer = Buffer.allocUnsafe(bytes + 1);
    const read = buffer.subarray(0, await source.fill(buffer));
    if (read.byteLength !== bytes || toHex(sha256(read)) !== expected) throw new AssetChanged(key);
    return read;
  } finally {
    await source.close();
  }
}
