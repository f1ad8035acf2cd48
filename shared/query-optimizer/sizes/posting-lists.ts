/**
 * What a B-tree that keeps each key once takes for one key: the key with the list of its rows, a long list as several entries.
 *
 * Shape   (rows of the key, entry's width) -> entries: how large, and how many
 * Units   bytes, line pointers with them
 * Source  PostgreSQL, nbtree (_bt_dedup_save_htid): in a build a posting list, rounded up to eight, ends at a tenth of a page; a
 *         row is six bytes
 */

import { LINE_POINTER, roundUp } from './index-shape.ts';

const ROW_POINTER = 6;
const LONGEST_LIST = 808;

export interface Entries {
  readonly size: number;
  readonly count: number;
  /** Of the size what goes when it is made a bound between pages: the list. */
  readonly cut: number;
}

const plainEntries = (width: number, count: number): Entries => ({
  size: width + LINE_POINTER,
  count,
  cut: 0,
});

export function keyEntries(rows: number, width: number): readonly Entries[] {
  const base = roundUp(width, 8);
  const perList = Math.floor((LONGEST_LIST - base) / ROW_POINTER);
  // A key so wide is repeated for each row.
  if (perList < 2) return [plainEntries(width, rows)];
  const full = Math.floor(rows / perList);
  const rest = rows - full * perList;
  const entries = [
    list(base, perList, full),
    // One row is an entry as any other.
    rest <= 1 ? plainEntries(width, rest) : list(base, rest, 1),
  ];
  return entries.filter(({ count }) => count > 0);
}

function list(base: number, rows: number, count: number): Entries {
  const bytes = listBytes(base, rows);
  return { size: bytes + LINE_POINTER, count, cut: bytes - base };
}

/** Rounded up to eight; of a mean of many lists, by half of that. */
function listBytes(base: number, rows: number): number {
  const bytes = base + rows * ROW_POINTER;
  return Number.isInteger(rows) ? roundUp(bytes, 8) : bytes + 3;
}
