/**
 * The demo's way to its database: plain queries, counted for each request.
 *
 * Shape   pool -> Database; countQueries(database) -> Database & { queries() }
 * Cost    one round trip a query; a transaction holds one connection
 */

import { Pool, type PoolClient } from 'pg';
import { SCHEMA } from './data/schema.ts';

export type Values = readonly (string | number | null)[];

export interface Database {
  query<Row>(sql: string, values?: Values): Promise<readonly Row[]>;
  /** All of it or nothing. */
  transaction<Result>(work: (database: Database) => Promise<Result>): Promise<Result>;
}

export interface CountedDatabase extends Database {
  queries(): number;
}

/** As many as a small application keeps; Postgres allows a hundred. */
const CONNECTIONS = 10;

export function openPool(url: string): Pool {
  const options = `-c search_path=${SCHEMA}`;
  const pool = new Pool({ connectionString: url, max: CONNECTIONS, options });
  // Without a listener, the end of an idle connection would end the process.
  pool.on('error', error => console.error(`demo origin: ${error.message}`));
  return pool;
}

export function createDatabase(pool: Pool): Database {
  return {
    query: async (sql, values = []) => (await pool.query(sql, [...values])).rows,
    async transaction(work) {
      const client = await pool.connect();
      try {
        return await commit(client, work);
      } finally {
        client.release();
      }
    },
  };
}

async function commit<Result>(client: PoolClient, work: (database: Database) => Promise<Result>) {
  const inside: Database = {
    query: async (sql, values = []) => (await client.query(sql, [...values])).rows,
    transaction: nested => nested(inside),
  };
  await client.query('BEGIN');
  try {
    const result = await work(inside);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

export function countQueries(database: Database): CountedDatabase {
  let count = 0;
  const counting = (inner: Database): Database => ({
    query(sql, values) {
      count += 1;
      return inner.query(sql, values);
    },
    transaction: work => inner.transaction(inside => work(counting(inside))),
  });
  return { ...counting(database), queries: () => count };
}
