/**
 * The outbox in Postgres, as its migration made it.
 *
 * Shape   a pool of node-postgres's form
 * Errors  OutboxUnavailable with Postgres's own words, for everything but an outbox that is not there
 * Cost    one statement a call, by the primary key; one more before the first
 */

import {
  type Backlog,
  type Change,
  type OutboxStore,
  OutboxUnavailable,
} from '../../../shared/outbox/outbox-store.ts';

export interface OutboxPool {
  query(sql: string, values?: unknown[]): Promise<{ readonly rows: unknown[] }>;
}

const IS_THERE = "SELECT to_regclass('headrace.outbox') IS NOT NULL AS there";
const READ = `SELECT id::text, tags, extract(epoch FROM at)::float8 * 1000 AS at
  FROM headrace.outbox ORDER BY id LIMIT $1`;
const FORGET = 'DELETE FROM headrace.outbox WHERE id = ANY($1::bigint[])';
const BACKLOG = `SELECT count(*)::int AS changes,
  coalesce(greatest(extract(epoch FROM clock_timestamp() - min(at))::float8 * 1000, 0), 0) AS "lagMs" FROM headrace.outbox`;

export function createPostgresOutbox(pool: OutboxPool) {
  const ask = (sql: string, values: unknown[] = []) => pool.query(sql, values).then(({ rows }) => rows);
  /** Asked before the first read: a statement that fails each second would fill the database's log. */
  let isThere = false;

  async function lookInto<Row>(sql: string, values: unknown[]): Promise<Row[] | 'absent'> {
    try {
      isThere ||= ((await ask(IS_THERE)) as [{ there: boolean }])[0].there;
      return isThere ? ((await ask(sql, values)) as Row[]) : 'absent';
    } catch (error) {
      isThere = false;
      return absentOrFailed(error as PostgresError);
    }
  }

  return {
    read: most => lookInto<Change>(READ, [most]),
    async forget(ids) {
      await ask(FORGET, [ids]).catch(failed);
    },
    async backlog() {
      const rows = await lookInto<Backlog>(BACKLOG, []);
      return rows === 'absent' ? rows : (rows[0] ?? { changes: 0, lagMs: 0 });
    },
  } satisfies OutboxStore;
}

type PostgresError = Error & { readonly code?: string };

/** It has been taken away since: undefined_table, invalid_schema_name. */
const ABSENT = new Set(['42P01', '3F000']);

function absentOrFailed(error: PostgresError): 'absent' {
  if (ABSENT.has(error.code ?? '')) return 'absent';
  return failed(error);
}

function failed(cause: Error): never {
  throw new OutboxUnavailable(`Postgres: ${cause.message || 'it cannot be reached'}`, { cause });
}
