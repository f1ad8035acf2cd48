/**
 * How many bytes an entry of an index takes on average: each column where its type lets it begin, the whole rounded up to eight.
 * Widths that vary are followed as shares of the entries, since rounding up a mean is not the mean of what is rounded up.
 *
 * Shape   columns -> bytes, without the line pointer
 * Cost    sixteen ends, times the widths of the next column: whatever aligns does so within eight bytes
 * Source  PostgreSQL, index_form_tuple: eight bytes of header, eight more where any column is null
 */

import { roundUp, type ShapedColumn, type Widths } from './index-shape.ts';

const HEADER = 8;
/** The bitmap, and what aligns it. */
const NULL_BITMAP = 8;
/** A longer value has a header of four bytes, which is aligned; a shorter one is packed. */
const WIDEST_PACKED = 127;

export function tupleWidth(columns: readonly ShapedColumn[]): number {
  const start: Ending = { byte: 0, hasNull: false, share: 1, bytes: 0 };
  return columns.reduce(append, [start]).reduce((sum, { byte, hasNull, share, bytes }) => {
    const header = HEADER + (hasNull ? NULL_BITMAP : 0);
    return sum + bytes + share * (header + roundUp(byte, 8) - byte);
  }, 0);
}

/** Entries that end at the same byte of eight so far: to those all that follows adds the same. */
interface Ending {
  /** 0 to 7. */
  readonly byte: number;
  readonly hasNull: boolean;
  /** Of all entries. */
  readonly share: number;
  /** On average, times the share. */
  readonly bytes: number;
}

function append(endings: readonly Ending[], column: ShapedColumn): readonly Ending[] {
  const { nullFraction } = column;
  const longer = endings.flatMap(ending => [
    { ...part(ending, nullFraction), hasNull: true },
    ...widthsOf(column).map(([width, share]) =>
      behind(part(ending, share * (1 - nullFraction)), width, column),
    ),
  ]);
  return [...Map.groupBy(longer, ({ byte, hasNull }) => (hasNull ? 8 + byte : byte)).values()].map(together);
}

const part = (ending: Ending, share: number): Ending => ({
  ...ending,
  share: ending.share * share,
  bytes: ending.bytes * share,
});

function behind(ending: Ending, width: number, { length, alignment }: ShapedColumn): Ending {
  const isAligned = length > 0 || width > WIDEST_PACKED;
  const end = (isAligned ? roundUp(ending.byte, alignment) : ending.byte) + width;
  return { ...ending, byte: end % 8, bytes: ending.bytes + ending.share * (end - ending.byte) };
}

const together = (endings: readonly Ending[]): Ending => ({
  ...(endings[0] as Ending),
  share: endings.reduce((sum, { share }) => sum + share, 0),
  bytes: endings.reduce((sum, { bytes }) => sum + bytes, 0),
});

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
