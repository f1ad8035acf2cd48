/**
 * What was measured of several columns together, where somebody had it measured.
 *
 * Shape   -> ExtendedStatistics[]
 * Source  pg_stats_ext; its text names columns by their numbers, expressions by negative ones, which are left out
 */

import type { ExtendedStatistics } from '../snapshot.ts';
import { type JsonRow, list, ofTable, optionalText, type Part, text, userSchema } from './part.ts';

export const extendedStatisticsPart: Part<readonly ExtendedStatistics[]> = {
  name: 'extended statistics',
  sql: facts => `SELECT n.nspname AS schema, x.stxname AS name, tn.nspname AS table_schema, t.relname AS "table",
    ${ofTable('pg_get_statisticsobjdef(x.oid)', 't.oid', facts)} AS definition, s.n_distinct::text AS "distinct", s.dependencies::text AS dependencies,
    (SELECT json_object_agg(a.attnum, a.attname) FROM pg_attribute a
      WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
    FROM pg_statistic_ext x JOIN pg_namespace n ON n.oid = x.stxnamespace
    JOIN pg_class t ON t.oid = x.stxrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
    LEFT JOIN LATERAL (SELECT * FROM pg_stats_ext e WHERE e.statistics_schemaname = n.nspname
      AND e.statistics_name = x.stxname ORDER BY to_jsonb(e) ->> 'inherited' LIMIT 1) s ON true
    WHERE ${userSchema('n')} ORDER BY x.oid`,
  read: rows => rows.filter(({ definition }) => definition !== null).map(readOne),
  empty: [],
  remedy: 'GRANT pg_read_all_data TO the user (PostgreSQL 14 and newer).',
};

function readOne(row: JsonRow): ExtendedStatistics {
  const names = (row.columns ?? {}) as Readonly<Record<string, string>>;
  return {
    schema: text(row.schema),
    name: text(row.name),
    table: { schema: text(row.table_schema), name: text(row.table) },
    definition: text(row.definition),
    distinct: readCombinations(row.distinct, names).map(([columns, distinct]) => ({ columns, distinct })),
    dependencies: readCombinations(row.dependencies, names).map(([columns, degree]) => ({ columns, degree })),
  };
}

/** `{"1, 2": 33178}` and `{"1 => 2": 0.99}`. */
function readCombinations(
  printed: unknown,
  names: Readonly<Record<string, string>>,
): readonly (readonly [readonly string[], number])[] {
  const entries = Object.entries(JSON.parse(optionalText(printed) ?? '{}') as Record<string, number>);
  return entries.flatMap(([key, value]) => {
    const columns = list<string>(key.match(/-?\d+/g)).map(number => names[number]);
    return columns.every(name => name !== undefined) ? [[columns as string[], value] as const] : [];
  });
}
