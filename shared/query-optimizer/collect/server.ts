/**
 * Which server it is, and the settings that its planner's costs depend on.
 *
 * Shape   -> Server
 * Source  PostgreSQL, 19.7 Query Planning; 19.4.1 Memory; search_path as the session began, since we read under our own
 */

import type { Server } from '../snapshot.ts';
import { count, type JsonRow, list, type Part, text } from './part.ts';

const SETTINGS = [
  'autovacuum',
  'block_size',
  'constraint_exclusion',
  'cpu_index_tuple_cost',
  'cpu_operator_cost',
  'cpu_tuple_cost',
  'cursor_tuple_fraction',
  'default_statistics_target',
  'effective_cache_size',
  'from_collapse_limit',
  'geqo',
  'geqo_effort',
  'geqo_generations',
  'geqo_pool_size',
  'geqo_seed',
  'geqo_selection_bias',
  'geqo_threshold',
  'hash_mem_multiplier',
  'join_collapse_limit',
  'max_connections',
  'max_parallel_workers',
  'max_parallel_workers_per_gather',
  'min_parallel_index_scan_size',
  'min_parallel_table_scan_size',
  'parallel_leader_participation',
  'parallel_setup_cost',
  'parallel_tuple_cost',
  'pg_stat_statements.max',
  'random_page_cost',
  'recursive_worktable_factor',
  'seq_page_cost',
  'track_activity_query_size',
  'track_io_timing',
  'work_mem',
];

/** Of ICU the locale, since datcollate says C there too; the built-in provider orders by code points, as C does. */
const COLLATION = `CASE to_jsonb(d) ->> 'datlocprovider' WHEN 'b' THEN 'C'
  WHEN 'i' THEN coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') ELSE d.datcollate END`;

export const serverPart: Part<Server | undefined> = {
  name: 'the server',
  sql: () => `SELECT current_setting('server_version_num')::int AS version, current_database() AS database,
    ${COLLATION} AS collation, pg_database_size(d.oid)::float8 AS bytes,
    (SELECT json_object_agg(s.name, CASE s.name WHEN 'search_path' THEN s.reset_val ELSE current_setting(s.name) END)
      FROM pg_settings s WHERE s.name IN ('search_path', 'TimeZone', 'DateStyle', ${SETTINGS.map(name => `'${name}'`).join(', ')})
        OR s.name ~ '^(enable_|jit)') AS settings,
    (SELECT json_agg(json_build_object('name', e.extname, 'schema', n.nspname, 'version', e.extversion) ORDER BY e.oid)
      FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace) AS extensions
    FROM pg_database d WHERE d.datname = current_database()`,
  read: ([row]) => (row ? readServer(row) : undefined),
  empty: undefined,
  remedy: 'Check that the user may connect and read the system catalogues.',
};

function readServer(row: JsonRow): Server {
  return {
    versionNumber: count(row.version),
    database: text(row.database),
    collation: text(row.collation),
    settings: (row.settings ?? {}) as Server['settings'],
    extensions: list<Server['extensions'][number]>(row.extensions),
    databaseBytes: count(row.bytes),
  };
}
