/**
 * What publishing works with: a store, and the memory that all its files share.
 */

import type { AssetStore } from '../../shared/publishing/asset-store.ts';
import { partBytesFor } from '../../shared/publishing/part-size.ts';
import { type ByteBudget, createByteBudget } from './byte-budget.ts';
import { createPartBuffers, type PartBuffers } from './part-buffers.ts';
import { PART_BUFFERS, WHOLE_BUDGET_BYTES } from './sizes.ts';

export interface PublishDeps {
  readonly store: AssetStore;
  readonly budget: ByteBudget;
  /** For a file of that size; undefined where nobody knows it. */
  readonly buffersFor: (fileBytes: number | undefined) => PartBuffers;
}

export function createPublishDeps(store: AssetStore): PublishDeps {
  const bySize = new Map<number, PartBuffers>();
  return {
    store,
    budget: createByteBudget(WHOLE_BUDGET_BYTES),
    buffersFor(fileBytes) {
      const partBytes = partBytesFor(fileBytes, store.limits);
      const known = bySize.get(partBytes) ?? createPartBuffers(partBytes, PART_BUFFERS);
      bySize.set(partBytes, known);
      return known;
    },
  };
}
