/**
 * How many pages a freshly built index of another kind than a B-tree has.
 *
 * Shape   IndexShape -> pages
 * Source  PostgreSQL, gin (entries with compressed lists of rows), brin (one summary for 128 pages), hash (buckets are a power
 *         of two, filled to 75 %), gist and spgist (entries like a B-tree's, pages half as full again)
 */

import { btreePages } from './btree.ts';
import { type IndexShape, PAGE, roundUp, type ShapedColumn } from './index-shape.ts';
import { tupleWidth } from './tuple-width.ts';

const USABLE = PAGE - 24 - 8;
const LINE_POINTER = 4;
/** A list longer than this moves to a tree of its own. */
const GIN_INLINE_LIMIT = 2000;

export interface GinSize {
  readonly pages: number;
  readonly entryPages: number;
  readonly dataPages: number;
  readonly entries: number;
}

export function ginSize(shape: IndexShape): GinSize {
  const sizes = shape.columns.map(column => ginColumn(column, shape.rows));
  const entryPages = Math.max(
    1,
    Math.ceil(sizes.reduce((sum, { entryBytes }) => sum + entryBytes, 0) / USABLE),
  );
  const dataPages = Math.ceil(sizes.reduce((sum, { dataPages: pages }) => sum + pages, 0));
  const entries = Math.ceil(sizes.reduce((sum, each) => sum + each.entries, 0));
  const inner = entryPages > 1 ? Math.ceil(entryPages / 200) : 0;
  return { pages: 1 + entryPages + inner + dataPages, entryPages: entryPages + inner, dataPages, entries };
}

function ginColumn(column: ShapedColumn, rows: number) {
  const { perValue, distinct, width } = column.elements ?? {
    perValue: 1,
    distinct: column.distinct,
    width: column.averageWidth,
  };
  const filled = rows * (1 - column.nullFraction);
  const entries = Math.max(1, Math.min(distinct, filled * perValue));
  const listed = (filled * perValue) / entries;
  const listBytes = listed * pointerBytes(rows, listed);
  const entry = roundUp(8 + width, 2) + LINE_POINTER;
  if (listBytes <= GIN_INLINE_LIMIT)
    return { entries, entryBytes: entries * roundUp(entry + 8 + listBytes, 8), dataPages: 0 };
  return {
    entries,
    entryBytes: entries * roundUp(entry + 8, 8),
    dataPages: entries * Math.ceil(listBytes / (USABLE * 0.95)),
  };
}

/** Pointers are stored as differences, of seven bits a byte. */
function pointerBytes(rows: number, listed: number): number {
  const gap = Math.max(1, (rows / Math.max(1, listed)) * 20);
  return Math.min(6, Math.max(1, Math.ceil(Math.log2(gap + 1) / 7)));
}

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
