/**
 * What ANALYZE measured of columns, and of the expressions of indexes.
 *
 * Shape   -> ColumnStatistics[]; arrays of values as Postgres prints them
 * Source  pg_stats, which shows columns that the user may SELECT and no others
 */

import type { ColumnStatistics } from '../snapshot.ts';
import { count, type JsonRow, optionalCount, optionalText, type Part, text, userSchema } from './part.ts';

export const statisticsPart: Part<readonly ColumnStatistics[]> = {
  name: 'column statistics',
  sql: () => `SELECT s.schemaname AS schema, s.tablename AS "table", s.inherited,
    CASE WHEN c.relkind IN ('i', 'I') THEN a.attnum::text ELSE a.attname::text END AS "column",
    c.relkind IN ('i', 'I') AS of_index,
    s.null_frac AS nulls, s.avg_width AS width, s.n_distinct AS "distinct",
    s.most_common_vals::text AS mcv, s.most_common_freqs AS mcf, s.histogram_bounds::text AS histogram, s.correlation,
    s.most_common_elems::text AS mce, s.most_common_elem_freqs AS mcef, s.elem_count_histogram AS counts
    FROM pg_stats s JOIN pg_namespace n ON n.nspname = s.schemaname
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = s.attname
    WHERE ${userSchema('n')} ORDER BY c.oid, a.attnum, s.inherited`,
  read: rows => rows.map(readStatistics),
  empty: [],
  remedy: 'GRANT pg_read_all_data TO the user (PostgreSQL 14 and newer), or SELECT on the tables.',
};

const numbers = (value: unknown): readonly number[] | undefined =>
  Array.isArray(value) ? value.map(Number) : undefined;

const readStatistics = (row: JsonRow): ColumnStatistics => ({
  table: { schema: text(row.schema), name: text(row.table) },
  column: text(row.column),
  ofIndex: row.of_index === true,
  inherited: row.inherited === true,
  nullFraction: count(row.nulls),
  averageWidth: count(row.width),
  distinct: count(row.distinct),
  mostCommonValues: optionalText(row.mcv),
  mostCommonFrequencies: numbers(row.mcf),
  histogramBounds: optionalText(row.histogram),
  correlation: optionalCount(row.correlation),
  mostCommonElements: optionalText(row.mce),
  mostCommonElementFrequencies: numbers(row.mcef),
  elementCountHistogram: numbers(row.counts),
});
