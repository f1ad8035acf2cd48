/**
 * Makes sure that the demo's data is there: made once, in one transaction, and kept from run to run.
 *
 * What was made by other words of this folder, or in another size, is made anew; changes that visitors made go with it.
 *
 * Shape   pool, how many products -> 'made' | 'kept'
 * Cost    one query when it is there
 */

import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { fillTables } from './fill.ts';
import { PICKING } from './pick.ts';
import { KEYS, SCHEMA, TABLES, TABLES_WITH_IDENTITY } from './schema.ts';

export async function seed(pool: Pool, products: number): Promise<'made' | 'kept'> {
  const statements = [TABLES, ...fillTables(products), KEYS];
  const mark = createHash('sha256').update(statements.join()).digest('hex');
  const client = await pool.connect();
  try {
    if ((await markOf(client)) === mark) return 'kept';
    await make(client, statements, mark);
    return 'made';
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

/** The schema's own comment, so that it comes and goes with the data. */
async function markOf(client: PoolClient): Promise<string | null> {
  const { rows } = await client.query<{ mark: string | null }>(
    `SELECT obj_description(oid, 'pg_namespace') AS mark FROM pg_namespace WHERE nspname = $1`,
    [SCHEMA],
  );
  return rows[0]?.mark ?? null;
}

async function make(client: PoolClient, statements: readonly string[], mark: string): Promise<void> {
  await client.query('BEGIN');
  await client.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
  await client.query(`CREATE SCHEMA ${SCHEMA}`);
  await client.query(`SET LOCAL search_path TO ${SCHEMA}`);
  await client.query(PICKING);
  for (const statement of statements) await client.query(statement);
  for (const table of TABLES_WITH_IDENTITY) await client.query(advanceIdentity(table));
  await client.query(`COMMENT ON SCHEMA ${SCHEMA} IS '${mark}'`);
  await client.query(`ANALYZE ${TABLES_WITH_IDENTITY.join(', ')}`);
  await client.query('COMMIT');
}

/** The next row that a visitor makes comes after the last one made here. */
function advanceIdentity(table: string): string {
  return `SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT max(id) FROM ${table}))`;
}
