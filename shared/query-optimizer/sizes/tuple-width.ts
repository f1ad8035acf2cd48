/**
 * How many bytes an entry of an index takes on average: each column where its type lets it begin, the whole rounded up to eight.
 * Widths that vary are followed as shares of the entries, since rounding up a mean is not the mean of what is rounded up.
 *
 * Shape   columns -> bytes, without the line pointer
 * Cost    every end that an entry may have so far, times the widths of the next column
 * Source  PostgreSQL, index_form_tuple: eight bytes of header, eight more where any column is null
 */

import { roundUp, type ShapedColumn, type Widths } from './index-shape.ts';

const HEADER = 8;
/** The bitmap, and what aligns it. */
const NULL_BITMAP = 8;
/** A longer value has a header of four bytes, which is aligned; a shorter one is packed. */
const WIDEST_PACKED = 127;

export function tupleWidth(columns: readonly ShapedColumn[]): number {
  const ends = columns.reduce(append, new Map([[0, 1]]));
  return [...ends].reduce((sum, [end, share]) => sum + share * roundUp(HEADER + bytesOf(end), 8), 0);
}

/** Where entries end so far, with the share of entries that end there; what has a null is told by its half. */
type Ends = ReadonlyMap<number, number>;

const NULL = 0.5;
const isNulled = (end: number): boolean => !Number.isInteger(end);
const bytesOf = (end: number): number => (isNulled(end) ? end - NULL + NULL_BITMAP : end);

function append(ends: Ends, column: ShapedColumn): Map<number, number> {
  const longer = new Map<number, number>();
  const add = (end: number, share: number): void => {
    if (share > 0) longer.set(end, (longer.get(end) ?? 0) + share);
  };
  const { nullFraction } = column;
  for (const [end, share] of ends) {
    add(isNulled(end) ? end : end + NULL, share * nullFraction);
    for (const [width, part] of widthsOf(column))
      add(placed(end, width, column), share * (1 - nullFraction) * part);
  }
  return longer;
}

function placed(end: number, width: number, { length, alignment }: ShapedColumn): number {
  const flag = isNulled(end) ? NULL : 0;
  const isAligned = length > 0 || width > WIDEST_PACKED;
  return (isAligned ? roundUp(end - flag, alignment) : end - flag) + width + flag;
}

const widthsOf = ({ length, widths, averageWidth }: ShapedColumn): Widths =>
  length > 0 ? [[length, 1]] : (widths ?? around(averageWidth));

/** How far values that vary lie from their mean where nothing more is known, as a share of it. */
const SPREAD = 0.25;
const STEPS = 8;

const around = (mean: number): Widths =>
  Array.from({ length: STEPS }, (_, at) => {
    const off = (2 * at + 1) / STEPS - 1;
    return [Math.round(mean * (1 + SPREAD * off)), 1 / STEPS] as const;
  });
