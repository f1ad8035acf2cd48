/**
 * The values that a snapshot knows of a column, as rows of a query: each as SQL over the column has it.
 *
 * Shape   SQL over one column -> FROM's part: `e` and its place `at`, of `$1`, an array as pg_stats writes it
 */

import { quoteIdentifier } from '../index-sql.ts';

export interface ColumnSql {
  /** Over the one column. */
  readonly sql: string;
  readonly column: string;
  /** As SQL. */
  readonly columnType: string;
}

/** The column is alone where the SQL finds it, so that it may be called as the rest is: `at`, `each` or `e`. */
export const knownValues = ({ sql, column, columnType }: ColumnSql): string =>
  `unnest($1::text::text[]) WITH ORDINALITY AS u(each, at)
   CROSS JOIN LATERAL (SELECT (${sql}) FROM (SELECT each::${columnType}) AS v(${quoteIdentifier(column)})) AS x(e)`;
