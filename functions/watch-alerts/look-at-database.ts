/**
 * How busy the database is: statements and their time, those that run for longer than a second, and connections in use.
 *
 * It only reads. Statements and their time need the extension pg_stat_statements; without it they are unknown.
 *
 * Errors  those of the driver
 * Cost    two or three statements
 * Source  PostgreSQL, pg_stat_activity, pg_stat_statements
 */

import type { SeenDatabase } from '../../shared/monitoring/watching/observe.ts';

export interface Queryable {
  query(sql: string): Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>;
}

const NOW = `
  SELECT count(*) FILTER (WHERE state = 'active' AND pid <> pg_backend_pid()
                          AND clock_timestamp() - query_start > interval '1 second') AS slow,
         count(*) FILTER (WHERE backend_type = 'client backend')::float8
           / current_setting('max_connections')::float8 AS used
  FROM pg_stat_activity`;
const HAS_STATEMENTS = "SELECT 1 FROM pg_extension WHERE extname = 'pg_stat_statements'";
const STATEMENTS = `
  SELECT sum(calls)::float8 AS calls, sum(total_exec_time)::float8 / 1000 AS seconds
  FROM pg_stat_statements`;

export async function lookAtDatabase(database: Queryable): Promise<SeenDatabase> {
  const { rows } = await database.query(NOW);
  const { slow, used } = rows[0] ?? {};
  return { slowQueries: Number(slow), connectionsRatio: Number(used), ...(await statementsOf(database)) };
}

async function statementsOf(database: Queryable): Promise<Pick<SeenDatabase, 'queries' | 'querySeconds'>> {
  const unknown = { queries: undefined, querySeconds: undefined };
  if ((await database.query(HAS_STATEMENTS)).rows.length === 0) return unknown;
  const { rows } = await database.query(STATEMENTS);
  const { calls, seconds } = rows[0] ?? {};
  return calls === null || calls === undefined
    ? unknown
    : { queries: Number(calls), querySeconds: Number(seconds) };
}
