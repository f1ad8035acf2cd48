/**
 * Uploads one asset: hashes its name, finds out its type, makes its compressed forms, and stores it for as long as its name
 * allows.
 *
 * What is small is held whole. What is large goes in parts; where its name or its forms ask for knowing all of it first, a
 * stream waits on the disk meanwhile.
 *
 * Shape   key, body, options -> { key, contentType, bytes, etag, variants, … }
 * Units   bytes
 * Errors  AssetInvalid for its name or tags; AssetStoreError; AssetChanged for a file that is being written
 */

import { cacheControlOf } from '../../shared/publishing/cache-control.ts';
import { contentName, isContentName } from '../../shared/publishing/content-name.ts';
import { planVariants } from '../../shared/publishing/text-variants.ts';
import { type AssetBody, openBody, rejoin } from './asset-body.ts';
import { checkAsset } from './check-asset.ts';
import { sha256, toHex } from './digests.ts';
import { prepareWhole } from './prepare-whole.ts';
import type { PublishDeps } from './publish-deps.ts';
import { sendLarge } from './send-large.ts';
import { WHOLE_BYTES } from './sizes.ts';
import { HEAD_BYTES, sniffType } from './sniff-type.ts';
import type { ByteSource } from './sources.ts';
import { spool } from './spool.ts';
import { type StoredForm, storeLarge, storeWhole } from './store-asset.ts';
import { attributesFor, type Treatment } from './treatment.ts';

export interface UploadOptions extends Treatment {
  /** Whether the name gets a hash of the content, and may then be kept for ever. @default true */
  readonly hash?: boolean;
  /** In place of what bytes and name tell. */
  readonly contentType?: string;
  readonly signal?: AbortSignal;
  /** Of the asset as it is stored. */
  readonly onProgress?: (sentBytes: number) => void;
}

export interface UploadedAsset {
  /** As it is stored: with the hash in its name. */
  readonly key: string;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly bytes: number;
  readonly etag: string;
  readonly variants: readonly StoredForm[];
}

export async function uploadAsset(
  deps: PublishDeps,
  name: string,
  body: AssetBody,
  options: UploadOptions = {},
): Promise<UploadedAsset> {
  const key = checkAsset(name, options.tags);
  const source = await openBody(body);
  try {
    const head = Buffer.allocUnsafe(WHOLE_BYTES + 1);
    const first = head.subarray(0, await source.fill(head));
    const contentType = options.contentType ?? (await sniffType(key, first.subarray(0, HEAD_BYTES)));
    const uploading = { key, contentType, deps, options };
    if (first.byteLength <= WHOLE_BYTES) return await uploadWhole(first, uploading);
    return await uploadLarge(rejoin(first, source), uploading);
  } finally {
    await source.close();
  }
}

interface Uploading {
  readonly key: string;
  readonly contentType: string;
  readonly deps: PublishDeps;
  readonly options: UploadOptions;
}

async function uploadWhole(bytes: Uint8Array, uploading: Uploading): Promise<UploadedAsset> {
  const { key, contentType, options } = uploading;
  const prepared = await prepareWhole({ key, bytes, contentType, treatment: options });
  const named = nameOf(key, toHex(sha256(prepared.bytes)), options);
  const described = { contentType, isHashed: named.isHashed };
  const stored = await storeWhole(prepared, { key: named.key, described, treatment: options }, io(uploading));
  return tellOf(named, stored, uploading);
}

async function uploadLarge(source: ByteSource, uploading: Uploading): Promise<UploadedAsset> {
  const { key, contentType, options } = uploading;
  const needsWhole = options.hash !== false || planVariants(contentType, WHOLE_BYTES).length > 0;
  if (!needsWhole) return uploadUnseen(source, uploading);
  const spooled = await spool(source);
  try {
    const named = nameOf(key, spooled.sha256, options);
    const described = { contentType, isHashed: named.isHashed, sha256: spooled.sha256 };
    const storing = { key: named.key, described, treatment: options };
    return tellOf(named, await storeLarge(spooled, storing, io(uploading)), uploading);
  } finally {
    await spooled.remove();
  }
}

/** Its end is not waited for: it goes as it comes. */
async function uploadUnseen(source: ByteSource, uploading: Uploading): Promise<UploadedAsset> {
  const { key, contentType, options } = uploading;
  const named = nameOf(key, '', options);
  const attributes = attributesFor({ contentType, isHashed: named.isHashed }, options);
  const sent = await sendLarge(source, { ...io(uploading), key, attributes });
  return tellOf(named, { ...sent, variants: [] }, uploading);
}

interface Named {
  readonly key: string;
  readonly isHashed: boolean;
}

function nameOf(key: string, digest: string, { hash = true }: UploadOptions): Named {
  return hash ? { key: contentName(key, digest), isHashed: true } : { key, isHashed: isContentName(key) };
}

function io({ deps, options }: Uploading) {
  const { signal, onProgress } = options;
  let sentBytes = 0;
  const onBytes = (bytes: number) => {
    sentBytes += bytes;
    onProgress?.(sentBytes);
  };
  return { store: deps.store, buffers: deps.buffersFor(undefined), signal, onBytes };
}

function tellOf(
  { key, isHashed }: Named,
  { bytes, etag, variants }: Pick<UploadedAsset, 'bytes' | 'etag' | 'variants'>,
  { contentType, options }: Uploading,
): UploadedAsset {
  const cacheControl = options.cacheControl ?? cacheControlOf(isHashed);
  return { key, contentType, cacheControl, bytes, etag, variants };
}
