/**
 * The manifest in the store: read at the beginning, marked before the first write, written at the end; each time only if
 * nobody else wrote it meanwhile. Whoever finds at the end that somebody else did has written between their files: the manifest
 * is left as of an interrupted run, so that the next one compares every file.
 *
 * Errors  ASSET_CONFLICT where somebody else publishes to the same place; AssetStoreError
 * Cost    one read, two writes; as much again where two published at once
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
  /** With all that will be there: what an interrupted run has sent can be removed by a later one. */
  begin(files: Manifest['files']): Promise<void>;
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
    etag = (await store.put(key, bytes, ATTRIBUTES, { condition })).etag;
  }

  async function leaveInterrupted(): Promise<void> {
    const theirs = await store.read(key, LARGEST_MANIFEST_BYTES);
    etag = theirs?.etag;
    await write({ ...(theirs ? lastOf(theirs.bytes) : last), state: 'publishing' });
  }

  return {
    last,
    begin: files => write({ version: 1, state: 'publishing', files }).catch(refuseTwo),
    end: files =>
      write({ version: 1, state: 'published', files }).catch(async error => {
        // Who writes it now comes to its own end, finds the same, and leaves it so.
        if (isConflict(error)) await leaveInterrupted().catch(() => undefined);
        return refuseTwo(error);
      }),
  };
}

/** A manifest that nobody can read says nothing of what is stored: everything is compared with the store. */
function lastOf(bytes: Uint8Array): Manifest {
  return parseManifest(new TextDecoder().decode(bytes)) ?? { ...NOTHING_PUBLISHED, state: 'publishing' };
}

function isConflict(error: unknown): boolean {
  return error instanceof AssetStoreError && error.code === 'ASSET_CONFLICT';
}

function refuseTwo(cause: unknown): never {
  if (!isConflict(cause)) throw cause;
  const sentence = 'Somebody else is publishing to the same place: begin again once they are done.';
  throw new AssetStoreError('ASSET_CONFLICT', sentence, { cause });
}
