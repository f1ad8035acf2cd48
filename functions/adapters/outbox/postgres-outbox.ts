/**
 * The outbox in Postgres, as its migration made it.
 *
 * Shape   a pool of node-postgres's form
 * Errors  OutboxUnavailable with Postgres's own words, for everything but an outbox that is not there
 * Cost    one statement a call, by the primary key; a statement is given up after its timeout
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

const READ = `SELECT id::text, tags, extract(epoch FROM at)::float8 * 1000 AS at
  FROM headrace.outbox ORDER BY id LIMIT $1`;
const FORGET = 'DELETE FROM headrace.outbox WHERE id = ANY($1::bigint[])';
const BACKLOG = `SELECT count(*)::int AS changes,
  coalesce(greatest(extract(epoch FROM clock_timestamp() - min(at))::float8 * 1000, 0), 0) AS "lagMs" FROM headrace.outbox`;

export function createPostgresOutbox(pool: OutboxPool) {
  const ask = (sql: string, values: unknown[] = []) => pool.query(sql, values).then(({ rows }) => rows);
  return {
    read: most => (ask(READ, [most]) as Promise<Change[]>).catch(absentOrFailed),
    async forget(ids) {
      await ask(FORGET, [ids]).catch(failed);
    },
    backlog: () => (ask(BACKLOG) as Promise<[Backlog]>).then(([row]) => row, absentOrFailed),
  } satisfies OutboxStore;
}

/** Neither the table nor its schema is there: undefined_table, invalid_schema_name. */
const ABSENT = new Set(['42P01', '3F000']);

function absentOrFailed(error: Error & { readonly code?: string }): 'absent' {
  if (ABSENT.has(error.code ?? '')) return 'absent';
  return failed(error);
}

function failed(cause: Error): never {
  throw new OutboxUnavailable(`Postgres: ${cause.message || 'it cannot be reached'}`, { cause });
}
