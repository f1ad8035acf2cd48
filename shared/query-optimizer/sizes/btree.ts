/**
 * How many pages a freshly built B-tree has: leaf entries, equal keys kept once with a list of their rows, and the inner pages
 * above them.
 *
 * Shape   IndexShape -> pages
 * Source  PostgreSQL, nbtree: inner pages are filled to 70 %
 */

import { type IndexShape, LINE_POINTER } from './index-shape.ts';
import { type KeyGroup, keyGroups } from './key-groups.ts';
import { leafRoom, USABLE } from './leaf-room.ts';
import { keyEntries } from './posting-lists.ts';
import { tupleWidth } from './tuple-width.ts';

const INNER_FILL = 0.7;

export function btreePages(shape: IndexShape): number {
  const leaves = leafPages(shape);
  let [pages, level] = [1 + leaves, leaves];
  const pivot = tupleWidth(shape.columns.filter(({ isKey }) => isKey)) + LINE_POINTER;
  const perInner = Math.max(2, Math.floor((USABLE * INNER_FILL) / pivot));
  while (level > 1) {
    level = Math.ceil(level / perInner);
    pages += level;
  }
  return Math.max(2, pages);
}

function leafPages(shape: IndexShape): number {
  if (shape.rows <= 0) return 0;
  const canShare = shape.deduplicates && !shape.isUnique && shape.columns.every(({ isKey }) => isKey);
  const groups: readonly KeyGroup[] = canShare ? keyGroups(shape) : [{ keys: shape.rows, rowsEach: 1 }];
  const widths = widthsOf(shape, groups);
  const pages = groups.map(group =>
    groupPages(group, group.isNull ? widths.ofNulls : widths.ofOthers, shape.fillFactor),
  );
  return Math.ceil(pages.reduce((sum, each) => sum + each, 0));
}

/** Where those without a value are a group of their own, the others have one. */
function widthsOf({ columns }: IndexShape, groups: readonly KeyGroup[]) {
  const widthAt = (nullFraction: number) => tupleWidth(columns.map(column => ({ ...column, nullFraction })));
  return groups.some(({ isNull }) => isNull)
    ? { ofNulls: widthAt(1), ofOthers: widthAt(0) }
    : { ofNulls: 0, ofOthers: tupleWidth(columns) };
}

function groupPages(group: KeyGroup, width: number, fillFactor: number): number {
  const likely = likelyRows(group);
  const inTurn = likely.flatMap(rows => keyEntries(rows, width));
  const bytes = inTurn.reduce((sum, { size, count }) => sum + size * count, 0) / likely.length;
  return (group.keys * bytes) / leafRoom(inTurn, fillFactor);
}

/** In standard deviations: a round of keys that stands for all of a group. */
const ROUND = [0.1, -0.9, 1.3, -0.3, 0.6, -1.5, 0.3, -0.6, 1.5, -0.1, 0.9, -1.3];
/** Lists of fewer rows are small beside a page, whatever their rest. */
const MANY_ROWS = 50;

/** Chance gives keys with many rows some more and some fewer, so that the rest of their lists differs. */
function likelyRows({ keys, rowsEach }: KeyGroup): readonly number[] {
  if (keys <= 1 || rowsEach < MANY_ROWS) return [rowsEach];
  return ROUND.map(deviations => Math.round(rowsEach + deviations * Math.sqrt(rowsEach)));
}
