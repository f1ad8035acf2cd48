/**
 * A snapshot's statistics as calls that give them to a twin.
 *
 * Shape   Relation, ColumnStatistics -> SQL expressions, each of which answers whether all of it was taken
 * Source  PostgreSQL 18, 9.28.11 Statistics Manipulation: pg_restore_relation_stats, pg_restore_attribute_stats
 */

import { quoteLiteral } from '../index-sql.ts';
import type { ColumnStatistics, ExistingIndex, Relation } from '../snapshot.ts';

/** What was never analysed stays so: the planner then guesses here as it does there. */
export function restoreRelation(
  relation: Pick<Relation, 'schema' | 'name' | 'pages' | 'rows' | 'allVisiblePages'>,
): string {
  const isKnown = relation.rows >= 0;
  return call('pg_restore_relation_stats', [
    ...named(relation.schema, relation.name),
    ['relpages', `${isKnown ? asInteger(relation.pages) : 0}::integer`],
    ['reltuples', `${isKnown ? asNumber(relation.rows) : -1}::real`],
    ['relallvisible', `${asInteger(Math.min(relation.allVisiblePages, relation.pages))}::integer`],
  ]);
}

export const restoreIndex = (index: Pick<ExistingIndex, 'schema' | 'name' | 'pages' | 'rows'>): string =>
  restoreRelation({ ...index, rows: Math.max(0, index.rows), allVisiblePages: 0 });

export function restoreColumn(statistics: ColumnStatistics): string {
  const { table, column } = statistics;
  const isKey = /^[1-9]\d*$/.test(column);
  return call('pg_restore_attribute_stats', [
    ...named(table.schema, table.name),
    statistics.ofIndex && isKey ? ['attnum', `${column}::smallint`] : ['attname', quoteLiteral(column)],
    ['inherited', statistics.inherited ? 'true' : 'false'],
    ['null_frac', `${asNumber(statistics.nullFraction)}::real`],
    ['avg_width', `${asInteger(statistics.averageWidth)}::integer`],
    ['n_distinct', `${asNumber(statistics.distinct)}::real`],
    ...texts('most_common_vals', statistics.mostCommonValues, 'text'),
    ...reals('most_common_freqs', statistics.mostCommonFrequencies),
    ...texts('histogram_bounds', statistics.histogramBounds, 'text'),
    ...(statistics.correlation === undefined
      ? []
      : ([['correlation', `${asNumber(statistics.correlation)}::real`]] as const)),
    ...texts('most_common_elems', statistics.mostCommonElements, 'text'),
    ...reals('most_common_elem_freqs', statistics.mostCommonElementFrequencies),
    ...reals('elem_count_histogram', statistics.elementCountHistogram),
  ]);
}

type Argument = readonly [name: string, value: string];

const call = (name: string, given: readonly Argument[]): string =>
  `${name}(${given.map(([key, value]) => `${quoteLiteral(key)}, ${value}`).join(', ')})`;

const named = (schema: string, name: string): readonly Argument[] => [
  ['schemaname', quoteLiteral(schema)],
  ['relname', quoteLiteral(name)],
];

const texts = (name: string, value: string | undefined, type: string): readonly Argument[] =>
  value === undefined ? [] : [[name, `${quoteLiteral(value)}::${type}`]];

const reals = (name: string, values: readonly number[] | undefined): readonly Argument[] =>
  values === undefined ? [] : [[name, `${quoteLiteral(`{${values.map(asNumber).join(',')}}`)}::real[]`]];

/** A number whatever the file said. */
const asNumber = (value: number): number => (Number.isFinite(value) ? value : 0);
const asInteger = (value: number): number => Math.min(2 ** 31 - 1, Math.max(0, Math.round(asNumber(value))));
