/**
 * How large the parts of a large file are: as small as the store allows, so that little is sent again and little is held in
 * memory, and all alike but the last, as R2 asks for.
 *
 * Shape   bytes of the file where they are known, limits of the store -> bytes of a part
 * Errors  ASSET_TOO_LARGE for what no number of parts of the store can hold
 */

import { type AssetLimits, AssetStoreError } from './asset-store.ts';

const MIB = 1024 * 1024;
/** A part is held whole while it is sent. */
const LARGEST_PART_BYTES = 64 * MIB;

export function partBytesFor(fileBytes: number | undefined, limits: AssetLimits): number {
  const needed = Math.ceil((fileBytes ?? 0) / limits.mostParts / MIB) * MIB;
  if (needed <= LARGEST_PART_BYTES) return Math.max(limits.smallestPartBytes, needed);
  const most = (LARGEST_PART_BYTES * limits.mostParts) / 1024 / MIB;
  throw new AssetStoreError('ASSET_TOO_LARGE', `A file may have at most ${most} GB.`);
}
