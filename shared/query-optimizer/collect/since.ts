/**
 * Since when counters count, who is connected, and what the user may not see.
 *
 * Shape   -> instants epoch ms, Connections, counts
 * Source  pg_stat_database, pg_stat_statements_info (1.9, PostgreSQL 14), pg_stat_activity, pg_postmaster_start_time()
 */

import { quoteIdentifier } from '../index-sql.ts';
import type { Connections } from '../snapshot.ts';
import { count, epochMs, instant, optionalCount, type Part, userSchema } from './part.ts';

export const countersSincePart: Part<number | undefined> = {
  name: 'since when tables are counted',
  sql: () => `SELECT ${epochMs('coalesce(d.stats_reset, pg_postmaster_start_time())')} AS since
    FROM pg_stat_database d WHERE d.datname = current_database()`,
  read: ([row]) => instant(row?.since),
  empty: undefined,
  remedy: 'Check that the user may read pg_stat_database.',
};

export const statementsSincePart: Part<{ readonly at?: number | undefined; readonly evictions: number }> = {
  name: 'since when statements are counted',
  sql: ({
    statementsSchema = 'public',
  }) => `SELECT ${epochMs('i.stats_reset')} AS since, i.dealloc AS evictions
    FROM ${quoteIdentifier(statementsSchema)}.pg_stat_statements_info i`,
  read: ([row]) => ({ at: instant(row?.since), evictions: count(row?.evictions) }),
  empty: { evictions: 0 },
  remedy: 'PostgreSQL 14 and newer say it: ALTER EXTENSION pg_stat_statements UPDATE.',
};

export const connectionsPart: Part<Connections | undefined> = {
  name: 'connections',
  sql: () => `SELECT count(*) FILTER (WHERE state = 'active') AS active, count(*) FILTER (WHERE state = 'idle') AS idle,
    count(*) FILTER (WHERE state LIKE 'idle in transaction%') AS waiting, current_setting('max_connections')::int AS allowed
    FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  read: ([row]) =>
    row && {
      active: count(row.active),
      idle: count(row.idle),
      idleInTransaction: count(row.waiting),
      allowed: count(row.allowed),
    },
  empty: undefined,
  remedy: 'GRANT pg_monitor TO the user.',
};

/** Tables whose columns' statistics pg_stats withholds, since the user may not SELECT from them. */
export const withheldPart: Part<number> = {
  name: 'rights on tables',
  sql: () => `SELECT count(*) AS withheld FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm', 'p') AND c.relpersistence <> 't' AND ${userSchema('n')}
      AND NOT (has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT'))`,
  read: ([row]) => optionalCount(row?.withheld) ?? 0,
  empty: 0,
  remedy: 'Check that the user may read pg_class.',
};
