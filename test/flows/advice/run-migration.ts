/**
 * Runs a migration as a person would, statement by statement, each found by Postgres's own parser.
 *
 * Errors  an Error for anything that is no creation and no removal of an index, before it is run
 */

import { loadModule, type Node, parseSync } from 'libpg-query';
import type { Client } from 'pg';

export async function runMigration(client: Pick<Client, 'query'>, text: string): Promise<number> {
  await loadModule();
  const bytes = Buffer.from(text);
  const statements = parseSync(text).stmts ?? [];
  for (const { stmt, stmt_location: at = 0, stmt_len: length } of statements) {
    const sql = bytes.subarray(at, length ? at + length : undefined).toString();
    if (!stmt || !isOfIndexes(stmt)) throw new Error(`This has no place in a migration: ${sql}`);
    await client.query(sql);
  }
  return statements.length;
}

/** A partitioned table's index is made of those of its partitions, which are attached to it. */
function isOfIndexes(statement: Node): boolean {
  if ('IndexStmt' in statement) return true;
  if ('DropStmt' in statement) return statement.DropStmt.removeType === 'OBJECT_INDEX';
  return 'AlterTableStmt' in statement && statement.AlterTableStmt.objtype === 'OBJECT_INDEX';
}

/** Everything that a statement could have changed, as the catalogue has it. */
export async function fingerprintOf(client: Pick<Client, 'query'>): Promise<readonly string[]> {
  const { rows } = await client.query(`
    SELECT format('%s %s.%s %s', c.relkind, c.relnamespace::regnamespace, c.relname, pg_get_indexdef(i.indexrelid)) AS what
    FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
    WHERE c.relnamespace::regnamespace::text !~ '^pg_|information_schema'
    UNION ALL SELECT format('column %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod))
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE attnum > 0 AND c.relkind <> 'i' AND c.relkind <> 'I' AND c.relnamespace::regnamespace::text !~ '^pg_|information_schema'
    UNION ALL SELECT format('role %s', rolname) FROM pg_roles
    UNION ALL SELECT format('function %s', oid::regprocedure) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT format('database %s', datname) FROM pg_database ORDER BY 1`);
  return rows.map(({ what }) => String(what));
}
