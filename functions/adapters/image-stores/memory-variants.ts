/**
 * Variants in memory, the least used forgotten first: where there is no bucket.
 *
 * Units   bytes
 */
import type { Variant, VariantStore } from '../../../shared/images/stores.ts';
import { createLru } from '../../../shared/primitives/lru.ts';

const MAX_BYTES = 24 * 1024 * 1024;
const MAX_ENTRIES = 10_000;

export function createMemoryVariants(maxBytes: number = MAX_BYTES) {
  const kept = createLru<Variant>({ maxBytes, maxEntries: MAX_ENTRIES });
  return {
    find: async key => kept.get(key),
    keep: async (key, variant) => kept.set(key, variant, variant.bytes.byteLength + 2 * key.length),
  } satisfies VariantStore;
}
