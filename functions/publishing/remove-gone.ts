/**
 * Removes files that are no longer in the folder, with the compressed forms that were made of them.
 *
 * Errors  AssetStoreError
 * Cost    three requests each
 */

import { mapBounded } from '../../shared/primitives/bounded.ts';
import type { AssetStore } from '../../shared/publishing/asset-store.ts';
import type { Manifest } from '../../shared/publishing/manifest.ts';
import { VARIANT_CODINGS, variantKey } from '../../shared/publishing/text-variants.ts';

export interface Removing {
  readonly store: AssetStore;
  readonly prefix: string;
  readonly last: Manifest;
}

const AT_ONCE = 8;

export async function removeGone(keys: readonly string[], { store, prefix, last }: Removing): Promise<void> {
  await mapBounded(keys, AT_ONCE, async key => {
    // A form that the folder had as a file of its own is in the list itself.
    const made = VARIANT_CODINGS.map(coding => variantKey(key, coding)).filter(form => !last.files[form]);
    for (const form of made) await store.remove(prefix + form);
    await store.remove(prefix + key);
  });
}
