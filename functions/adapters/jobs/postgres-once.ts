/**
 * Effects that happen once, in Postgres: the mark is a row with a unique key, written in the effect's own transaction. Two
 * attempts at once meet at the key: the second waits until the first has ended, and then finds its mark, or none.
 *
 * Shape   a pool of node-postgres's or Neon's form
 * Errors  those of the effect, rolled back; OnceUnavailable when no connection was to be had or the commit is in doubt
 * Cost    BEGIN, INSERT, the effect's statements, UPDATE, COMMIT; the table is made at the first use
 * Source  PostgreSQL, INSERT … ON CONFLICT: it waits for a transaction that holds the same key
 */

import {
  type OnceMark,
  type OnceStore,
  OnceUnavailable,
  type Transaction,
} from '../../../shared/jobs/once.ts';

export interface PostgresPool {
  connect(): Promise<PostgresConnection>;
}

export interface PostgresConnection {
  query(sql: string, values?: unknown[]): Promise<{ readonly rows: unknown[] }>;
  /** True: it is not to be used again. */
  release(broken?: boolean): void;
}

/** Two who make it at once would meet in the catalogue: the lock lets one of them wait. */
const MAKE_TABLE = [
  'BEGIN',
  "SELECT pg_advisory_xact_lock(hashtext('headrace_once'))",
  `CREATE TABLE IF NOT EXISTS headrace_once (
     job text NOT NULL,
     key text NOT NULL,
     result jsonb,
     at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (job, key)
   )`,
  'COMMIT',
];
const MARK = 'INSERT INTO headrace_once (job, key) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING job';
const KEEP = 'UPDATE headrace_once SET result = $3 WHERE job = $1 AND key = $2';
const FIND = 'SELECT result FROM headrace_once WHERE job = $1 AND key = $2';

export function createPostgresOnce(pool: PostgresPool) {
  let made: Promise<void> | undefined;
  return {
    async once<Result>(
      mark: OnceMark,
      effect: (transaction: Transaction) => Promise<Result>,
    ): Promise<Result> {
      made ??= withConnection(pool, makeTable).catch(error => {
        made = undefined;
        throw error;
      });
      await made;
      return withConnection(pool, connection => runOnce(connection, mark, effect));
    },
  } satisfies OnceStore;
}

async function makeTable(connection: PostgresConnection): Promise<void> {
  for (const statement of MAKE_TABLE) await connection.query(statement);
}

async function runOnce<Result>(
  connection: PostgresConnection,
  { job, key }: OnceMark,
  effect: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  await connection.query('BEGIN');
  const { rows: marked } = await connection.query(MARK, [job, key]);
  if (marked.length === 0) {
    const { rows } = await connection.query(FIND, [job, key]);
    await connection.query('COMMIT');
    return (rows[0] as { result: { value: Result } }).result.value;
  }
  const result = await effect(transactionOf(connection));
  await connection.query(KEEP, [job, key, JSON.stringify({ value: result })]);
  await connection.query('COMMIT');
  return result;
}

function transactionOf(connection: PostgresConnection): Transaction {
  return {
    async query<Row>(sql: string, values: readonly unknown[] = []) {
      return (await connection.query(sql, [...values])).rows as Row[];
    },
  };
}

/** A connection with a transaction that failed is thrown away: closing it rolls back, even where ROLLBACK would not arrive. */
async function withConnection<Result>(
  pool: PostgresPool,
  work: (connection: PostgresConnection) => Promise<Result>,
): Promise<Result> {
  const connection = await pool.connect().catch(cause => {
    throw new OnceUnavailable('Postgres gave no connection', { cause });
  });
  try {
    const result = await work(connection);
    connection.release();
    return result;
  } catch (error) {
    connection.release(true);
    throw error;
  }
}
