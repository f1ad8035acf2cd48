/**
 * How large tables and indexes are now. Apart from the rest, because it waits for those who hold a table exclusively.
 *
 * Shape   -> `schema.name` -> bytes
 */

import { count, type Part, text, userSchema } from './part.ts';

export const sizesPart: Part<ReadonlyMap<string, number>> = {
  name: 'today’s sizes of tables and indexes',
  sql: () => `SELECT n.nspname AS schema, c.relname AS name, pg_relation_size(c.oid)::float8 AS bytes
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm', 'i') AND c.relpersistence <> 't' AND ${userSchema('n')}`,
  read: rows => new Map(rows.map(row => [`${text(row.schema)}.${text(row.name)}`, count(row.bytes)])),
  empty: new Map(),
  remedy:
    'Run it again while no table is locked exclusively; until then sizes are those of the last VACUUM or ANALYZE.',
};
