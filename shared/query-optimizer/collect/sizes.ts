/**
 * How large tables and indexes are now. Apart from the rest, because it waits for those who hold a table exclusively.
 *
 * Shape   -> (nameOf a relation -> bytes)
 */

import { nameOf } from '../sql/catalogue.ts';
import { count, type JsonRow, ofTable, type Part, text, userSchema } from './part.ts';

export const sizesPart: Part<ReadonlyMap<string, number>> = {
  name: 'today’s sizes of tables and indexes',
  sql: facts => `SELECT n.nspname AS schema, c.relname AS name,
      ${ofTable('pg_relation_size(c.oid)', 'c.oid', facts)}::float8 AS bytes
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm', 'i') AND c.relpersistence <> 't' AND ${userSchema('n')}`,
  read: rows =>
    new Map(rows.filter(({ bytes }) => bytes !== null).map(row => [nameOf(readName(row)), count(row.bytes)])),
  empty: new Map(),
  remedy:
    'Run it again while no table is locked exclusively; until then sizes are those of the last VACUUM or ANALYZE.',
};

const readName = (row: JsonRow) => ({ schema: text(row.schema), name: text(row.name) });
