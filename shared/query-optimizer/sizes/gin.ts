/**
 * How many pages a freshly built GIN index has: an entry for each element with the list of its rows, packed as differences; a long
 * list in a tree of its own.
 *
 * Shape   IndexShape -> pages, of entries and of lists, and how many entries
 * Source  PostgreSQL, gin: a row's place counts 2,048 for each page of the table and is packed by seven bits a byte (varbyte);
 *         a list is kept in segments of 256 bytes; entries come in order and a full page is halved, so pages are half full
 */

import {
  type ElementShape,
  type IndexShape,
  LINE_POINTER,
  PAGE,
  roundUp,
  type ShapedColumn,
} from './index-shape.ts';

const USABLE = PAGE - 24 - 16;
const TUPLE_HEADER = 8;
const SEGMENT = 256;
const SEGMENT_HEADER = 8;
/** An entry with its list may have a third of a page; a longer list moves to a tree of its own. */
const LARGEST_ENTRY = 2_712;
const ENTRY_FILL = 0.5;
const INNER_ENTRIES = 170;

export interface GinSize {
  readonly pages: number;
  readonly entryPages: number;
  readonly dataPages: number;
  readonly entries: number;
}

interface Part {
  readonly entries: number;
  readonly entryBytes: number;
  readonly dataPages: number;
}

export function ginSize({ columns, rows, tablePages }: IndexShape): GinSize {
  const parts = columns.flatMap(column => columnParts(column, { rows, tablePages }));
  const sum = (of: keyof Part): number => parts.reduce((all, part) => all + part[of], 0);
  const [entries, dataPages] = [Math.ceil(sum('entries')), Math.ceil(sum('dataPages'))];
  const leaves = entryLeaves(sum('entryBytes'), entries);
  const entryPages = leaves + (leaves > 1 ? Math.ceil(leaves / INNER_ENTRIES) : 0);
  return { pages: 1 + entryPages + dataPages, entryPages, dataPages, entries };
}

/** Of a page that is halved each part keeps half, and half an entry more. */
function entryLeaves(bytes: number, entries: number): number {
  if (bytes <= USABLE) return 1;
  return Math.ceil(bytes / (USABLE * ENTRY_FILL + bytes / entries / 2));
}

interface Table {
  readonly rows: number;
  readonly tablePages: number;
}

function columnParts(column: ShapedColumn, { rows, tablePages }: Table): readonly Part[] {
  const elements: ElementShape = column.elements ?? {
    perValue: 1,
    distinct: column.distinct,
    width: column.averageWidth,
  };
  const filled = rows * (1 - column.nullFraction);
  const common = (elements.commonShares ?? []).filter(share => share * filled >= 1);
  const listed = common.reduce((sum, share) => sum + share * filled, 0);
  const others = Math.max(0, Math.min(elements.distinct, filled * elements.perValue) - common.length);
  const left = Math.max(others, filled * elements.perValue - listed);
  const part = (entries: number, each: number): Part =>
    listPart(entries, { rows: each, width: elements.width, perPage: each / Math.max(1, tablePages) });
  const rest =
    left >= 1 || common.length === 0 ? [part(Math.max(1, others), left / Math.max(1, others))] : [];
  return [...common.map(share => part(1, share * filled)), ...rest];
}

interface List {
  readonly rows: number;
  readonly width: number;
  /** Rows of the list on a page of the table. */
  readonly perPage: number;
}

function listPart(entries: number, { rows, width, perPage }: List): Part {
  const key = roundUp(TUPLE_HEADER + width, 8);
  const bytes = rows * pointerBytes(perPage);
  const inline = roundUp(key + SEGMENT_HEADER + bytes, 8);
  if (inline <= LARGEST_ENTRY)
    return { entries, entryBytes: entries * (inline + LINE_POINTER), dataPages: 0 };
  const leaves = Math.ceil((bytes * (1 + SEGMENT_HEADER / SEGMENT)) / USABLE);
  const dataPages = entries * (leaves > 1 ? leaves + 1 : 1);
  return { entries, entryBytes: entries * (key + LINE_POINTER), dataPages };
}

/** Two bytes hold a difference of seven pages and three one of 1,023; on the same page it is one byte. */
const STEPS = [
  { pages: 7.5, bytes: 2 },
  { pages: 1_023.5, bytes: 3 },
  { pages: Number.POSITIVE_INFINITY, bytes: 4 },
];

/** Of rows that chance put where they are: how far the next one lies. */
function pointerBytes(perPage: number): number {
  const rate = Math.max(perPage, 1e-9);
  const same = 1 - -Math.expm1(-rate) / rate;
  let [mean, nearer] = [same, 0];
  for (const { pages, bytes } of STEPS) {
    const within = -Math.expm1(-rate * pages);
    mean += (1 - same) * (within - nearer) * bytes;
    nearer = within;
  }
  return mean;
}
