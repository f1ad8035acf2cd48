/**
 * How many pages a freshly built BRIN, hash or GiST index has.
 *
 * Shape   IndexShape -> pages
 * Source  PostgreSQL, brin (one summary for 128 pages), hash (buckets are a power of two, filled to 75 %), gist and spgist
 *         (entries like a B-tree's, pages half as full again)
 */

import { btreePages } from './btree.ts';
import { type IndexShape, LINE_POINTER, PAGE, roundUp } from './index-shape.ts';
import { tupleWidth } from './tuple-width.ts';

const USABLE = PAGE - 24 - 8;

const BRIN_RANGE_PAGES = 128;
const REVMAP_PER_PAGE = 1360;

export interface BrinSize {
  readonly pages: number;
  readonly revmapPages: number;
}

export function brinSize(shape: IndexShape): BrinSize {
  const ranges = Math.max(1, Math.ceil(shape.tablePages / BRIN_RANGE_PAGES));
  const width = roundUp(8 + 2 * (tupleWidth(shape.columns) - 8), 8) + LINE_POINTER;
  const revmapPages = Math.ceil(ranges / REVMAP_PER_PAGE);
  return { pages: 1 + revmapPages + Math.ceil((ranges * width) / USABLE), revmapPages };
}

export function hashPages(shape: IndexShape): number {
  const perPage = Math.floor(((PAGE - 24 - 16) * 0.75) / (16 + LINE_POINTER));
  const buckets = hashBuckets(Math.max(1, Math.ceil(shape.rows / perPage)));
  return 2 + buckets + Math.ceil(buckets / 32_000);
}

/** Up to 512 they double; from there each doubling is made in four steps. */
function hashBuckets(wanted: number): number {
  const upper = 2 ** Math.ceil(Math.log2(Math.max(2, wanted)));
  if (upper <= 512) return upper;
  const step = upper / 8;
  return upper / 2 + Math.ceil((wanted - upper / 2) / step) * step;
}

export const gistPages = (shape: IndexShape): number =>
  Math.ceil(btreePages({ ...shape, deduplicates: false, fillFactor: 60 }));
