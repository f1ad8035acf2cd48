/**
 * What was measured of several columns together, as the bytes in which the server keeps it: it has no call that restores it.
 *
 * Shape   combinations, columns' numbers -> hex of pg_ndistinct and pg_dependencies
 * Source  PostgreSQL, statistics.h: STATS_NDISTINCT_MAGIC, STATS_DEPS_MAGIC, both of version 1
 */

export interface NumberedCombination {
  readonly columns: readonly number[];
  readonly value: number;
}

export const distinctBytes = (combinations: readonly NumberedCombination[]): string =>
  asHex(0xa352bfa4, combinations, ({ columns, value }) => [
    real(value),
    int(columns.length),
    ...columns.map(short),
  ]);

export const dependencyBytes = (combinations: readonly NumberedCombination[]): string =>
  asHex(0xb4549a2c, combinations, ({ columns, value }) => [
    real(value),
    short(columns.length),
    ...columns.map(short),
  ]);

function asHex(
  magic: number,
  combinations: readonly NumberedCombination[],
  parts: (combination: NumberedCombination) => readonly string[],
): string {
  return [int(magic), int(1), int(combinations.length), ...combinations.flatMap(parts)].join('');
}

const int = (value: number): string => hex(4, view => view.setUint32(0, value, true));
const short = (value: number): string => hex(2, view => view.setInt16(0, value, true));
const real = (value: number): string => hex(8, view => view.setFloat64(0, value, true));

function hex(length: number, write: (view: DataView) => void): string {
  const bytes = new Uint8Array(length);
  write(new DataView(bytes.buffer));
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
