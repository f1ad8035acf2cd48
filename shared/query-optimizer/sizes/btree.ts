/**
 * How many pages a freshly built B-tree has: leaf entries by their aligned width, equal keys kept once with a list of their
 * rows, pages filled to 90 %, and the inner pages above them.
 *
 * Shape   IndexShape -> pages
 * Source  PostgreSQL, nbtree: BTMaxItemSize, a posting list ends at 812 bytes in a build; inner pages are filled to 70 %
 */

import { type IndexShape, PAGE, roundUp, type ShapedColumn } from './index-shape.ts';
import { keyGroups } from './key-groups.ts';

const PAGE_HEADER = 24;
const SPECIAL = 16;
const LINE_POINTER = 4;
const TUPLE_HEADER = 8;
/** Eight bytes for the bitmap of nulls and what aligns it. */
const NULL_BITMAP = 8;
const ROW_POINTER = 6;
const POSTING_LIMIT = 812;
const INNER_FILL = 0.7;

export function btreePages(shape: IndexShape): number {
  const leaves = leafPages(shape);
  let [pages, level] = [1 + leaves, leaves];
  const pivot = tupleWidth(shape.columns.filter(({ isKey }) => isKey)) + LINE_POINTER;
  const perInner = Math.max(2, Math.floor((usable() * INNER_FILL) / pivot));
  while (level > 1) {
    level = Math.ceil(level / perInner);
    pages += level;
  }
  return Math.max(2, pages);
}

function leafPages(shape: IndexShape): number {
  if (shape.rows <= 0) return 0;
  const width = tupleWidth(shape.columns);
  const room = leafRoom(shape.fillFactor, width);
  const canShare = shape.deduplicates && !shape.isUnique && shape.columns.every(({ isKey }) => isKey);
  if (!canShare) return Math.ceil(shape.rows / Math.max(1, Math.floor(room / (width + LINE_POINTER))));
  return Math.ceil(sharedBytes(shape, width) / room);
}

const usable = (): number => PAGE - PAGE_HEADER - SPECIAL;

/** One entry of each page is the bound of the next. */
function leafRoom(fillFactor: number, width: number): number {
  const kept = Math.floor((PAGE * (100 - fillFactor)) / 100);
  return Math.max(width + LINE_POINTER, usable() - kept - (width + LINE_POINTER) / 2);
}

/** The whole of an entry, as the average value makes it, rounded up to eight bytes. */
export function tupleWidth(columns: readonly ShapedColumn[]): number {
  let [bytes, varying] = [0, 0];
  for (const column of columns) {
    const width = column.length > 0 ? column.length : column.averageWidth;
    // A short value is packed without alignment.
    const isAligned = column.length > 0 || width > 127;
    const aligned = isAligned ? meanRoundUp(bytes, varying * SPREAD, column.alignment) : bytes;
    bytes = aligned + width * (1 - column.nullFraction);
    if (column.length < 0) varying += width;
  }
  const nulls = columns.length > 0 ? nullShare(columns) * NULL_BITMAP : 0;
  const isMixed = columns.some(({ nullFraction }) => nullFraction > 0);
  const data = TUPLE_HEADER + nulls + bytes;
  return Math.max(16, isMixed && varying === 0 ? roundUp(data, 8) : meanRoundUp(data, varying * SPREAD, 8));
}

/** How far values that vary in length lie from their mean, as a share of it. */
const SPREAD = 0.25;

/** The mean of what is rounded up, of lengths spread evenly around this one. */
function meanRoundUp(bytes: number, around: number, to: number): number {
  if (around === 0) return roundUp(bytes, to);
  const steps = Array.from({ length: 32 }, (_, at) => bytes + around * ((2 * at + 1) / 32 - 1));
  return steps.reduce((sum, length) => sum + roundUp(length, to), 0) / steps.length;
}

/** How many entries have any null at all. */
const nullShare = (columns: readonly ShapedColumn[]): number =>
  1 - columns.reduce((none, { nullFraction }) => none * (1 - nullFraction), 1);

/** Every different key with the list of its rows; a long list goes on in entries of their own. */
function sharedBytes(shape: IndexShape, width: number): number {
  const groups = keyGroups(shape);
  return groups.reduce((sum, { keys, rowsEach }) => sum + keys * groupBytes(rowsEach, width), 0);
}

function groupBytes(rowsEach: number, width: number): number {
  if (rowsEach <= 1) return width + LINE_POINTER;
  const base = roundUp(width, 8);
  const perList = Math.max(2, Math.floor((POSTING_LIMIT - base) / ROW_POINTER));
  const full = Math.floor(rowsEach / perList);
  const rest = rowsEach - full * perList;
  const list = (rows: number): number =>
    (rows <= 1 ? width * rows : listBytes(base, rows)) + LINE_POINTER * Math.min(1, rows);
  return full * list(perList) + list(rest);
}

/** Rounded up to eight; of a mean of many lists, by half of that. */
function listBytes(base: number, rows: number): number {
  const bytes = base + rows * ROW_POINTER;
  return Number.isInteger(rows) ? roundUp(bytes, 8) : bytes + 3;
}
