/**
 * The manifest in the store: read at the beginning, marked before the first write, written at the end; each time only if
 * nobody else wrote it meanwhile.
 *
 * Errors  ASSET_CONFLICT where somebody else publishes to the same place; AssetStoreError
 * Cost    one read, two writes
 */

import { type AssetStore, AssetStoreError } from '../../shared/publishing/asset-store.ts';
import {
  formatManifest,
  LARGEST_MANIFEST_BYTES,
  type Manifest,
  manifestKey,
  NOTHING_PUBLISHED,
  parseManifest,
} from '../../shared/publishing/manifest.ts';

export interface RememberedManifest {
  readonly last: Manifest;
  begin(): Promise<void>;
  end(files: Manifest['files']): Promise<void>;
}

const ATTRIBUTES = { contentType: 'application/json', cacheControl: 'no-store', metadata: {} };

export async function openManifest(store: AssetStore, prefix: string): Promise<RememberedManifest> {
  const key = manifestKey(prefix);
  const found = await store.read(key, LARGEST_MANIFEST_BYTES);
  const last = found ? lastOf(found.bytes) : NOTHING_PUBLISHED;
  let etag = found?.etag;

  async function write(manifest: Manifest): Promise<void> {
    const bytes = new TextEncoder().encode(formatManifest(manifest));
    const condition = etag === undefined ? { ifAbsent: true as const } : { ifMatch: etag };
    const written = await store.put(key, bytes, ATTRIBUTES, { condition }).catch(refuseTwo);
    etag = written.etag;
  }

  return {
    last,
    begin: () => write({ ...last, state: 'publishing' }),
    end: files => write({ version: 1, state: 'published', files }),
  };
}

/** A manifest that nobody can read says nothing of what is stored: everything is compared with the store. */
function lastOf(bytes: Uint8Array): Manifest {
  return parseManifest(new TextDecoder().decode(bytes)) ?? { ...NOTHING_PUBLISHED, state: 'publishing' };
}

function refuseTwo(cause: unknown): never {
  if (!(cause instanceof AssetStoreError) || cause.code !== 'ASSET_CONFLICT') throw cause;
  const sentence = 'Somebody else is publishing to the same place: begin again once they are done.';
  throw new AssetStoreError('ASSET_CONFLICT', sentence, { cause });
}
