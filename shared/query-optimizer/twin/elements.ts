/**
 * How many keys GIN takes out of a value, and how many different ones there are in all: of arrays and texts by their statistics,
 * of trigrams and documents by how long the values are.
 *
 * Shape   column, statistics, rows -> { perValue, distinct, width }, of arrays with the shares of the common ones
 * Source  pg_stats: the last of elem_count_histogram is the average count; the frequencies end with their least and greatest
 */

import type { ShapedColumn } from '../sizes/index-shape.ts';
import type { ColumnStatistics } from '../snapshot.ts';
import type { CataloguedColumn } from './catalogued-column.ts';

type Elements = NonNullable<ShapedColumn['elements']>;

export function elementsOf(
  column: CataloguedColumn,
  known: ColumnStatistics | undefined,
  rows: number,
): Elements | undefined {
  const bytes = known?.averageWidth ?? 32;
  const byClass = BY_CLASS[column.operatorClass];
  if (byClass) return byClass(bytes, rows);
  return column.operatorClass === 'array_ops' ? arrayElements(known, rows) : undefined;
}

const BY_CLASS: Readonly<Record<string, (bytes: number, rows: number) => Elements>> = {
  // Every three neighbouring letters; texts of a language have some thousands of them.
  gin_trgm_ops: (bytes, rows) => ({
    perValue: bytes + 1,
    distinct: Math.min(rows * bytes, 12_000),
    width: 4,
  }),
  // Keys and values each; half of the values are known from other rows.
  jsonb_ops: (bytes, rows) => ({
    perValue: bytes / 9,
    distinct: Math.max(20, (rows * bytes) / 40),
    width: 10,
  }),
  // One hash for each value with the path to it.
  jsonb_path_ops: (bytes, rows) => ({
    perValue: bytes / 18,
    distinct: Math.max(20, (rows * bytes) / 40),
    width: 4,
  }),
  tsvector_ops: (bytes, rows) => ({
    perValue: bytes / 9,
    distinct: Math.min(rows * bytes, 60_000),
    width: 9,
  }),
};

function arrayElements(known: ColumnStatistics | undefined, rows: number): Elements {
  const perValue = known?.elementCountHistogram?.at(-1) ?? 4;
  const all = known?.mostCommonElementFrequencies ?? [];
  const common = all.slice(0, -3);
  const covered = common.reduce((sum, share) => sum + share, 0);
  const least = all.at(-3) ?? 0;
  // What the common ones leave is spread over values rarer than the rarest of them.
  const others = covered < perValue * 0.99 && least > 0 ? (perValue - covered) / (least / 2) : 0;
  const distinct = common.length > 0 ? Math.min(common.length + others, rows * perValue) : rows;
  // With a comma each, which stands for the header.
  const width = common.length > 0 ? (known?.mostCommonElements?.length ?? 0) / common.length : 8;
  return { perValue, distinct, width, commonShares: common };
}
