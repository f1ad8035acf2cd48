/**
 * The statements that ran, with how often and how long, as pg_stat_statements counted them.
 *
 * Shape   -> texts that may be absent (the file of texts was cut) or withheld (the user may not read them); workload.ts decides
 * Source  pg_stat_statements, whose columns differ by its own version: total_time until 1.7, toplevel since 1.9
 */

import { quoteIdentifier } from '../index-sql.ts';
import { count, OWN_MARK, optionalCount, optionalText, type Part, text } from './part.ts';

export interface CountedStatement {
  readonly id: string;
  readonly sql: string | undefined;
  readonly calls: number;
  readonly totalMs: number | undefined;
  readonly rows: number | undefined;
  /** Of the server's: those of other users have neither text nor id of their own, and are one here. */
  readonly entries: number;
}

export const statementsPart: Part<readonly CountedStatement[]> = {
  name: 'statements (pg_stat_statements)',
  sql: ({ statementsSchema = 'public', statementLimit }) => `SELECT * FROM (
    SELECT queryid::text AS id, query AS sql, sum(calls)::float8 AS calls, sum(ms) AS ms, sum(rows)::float8 AS rows,
      count(*) AS entries,
      row_number() OVER (ORDER BY sum(ms) DESC NULLS LAST) AS by_time, row_number() OVER (ORDER BY sum(calls) DESC) AS by_calls
    FROM (SELECT s.queryid, s.query, s.calls, s.rows,
        coalesce(to_jsonb(s) ->> 'total_exec_time', to_jsonb(s) ->> 'total_time')::float8 AS ms
      FROM ${quoteIdentifier(statementsSchema)}.pg_stat_statements s
      WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND coalesce((to_jsonb(s) ->> 'toplevel')::boolean, true)
        AND (s.query IS NULL OR position('${OWN_MARK}' IN s.query) = 0)) each
    GROUP BY queryid, query) ranked
    WHERE by_time <= ${Math.trunc(statementLimit)} OR by_calls <= ${Math.trunc(statementLimit)}`,
  read: rows =>
    rows.map(row => ({
      id: text(row.id),
      sql: optionalText(row.sql),
      calls: count(row.calls),
      totalMs: optionalCount(row.ms),
      rows: optionalCount(row.rows),
      entries: count(row.entries),
    })),
  empty: [],
  remedy:
    'Add pg_stat_statements to shared_preload_libraries (most hosts have it on already), restart, and CREATE EXTENSION pg_stat_statements; or give a workload file.',
};
