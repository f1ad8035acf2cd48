/**
 * Types and collations that are in no extension, as the statements that make them.
 *
 * Shape   -> DefinedType[], in the order in which they were made
 */

import type { DefinedType } from '../snapshot.ts';
import { ofExtension, type Part, text, userSchema } from './part.ts';

const NAME = "format('%I.%I', n.nspname, t.typname)";

const ENUM = `(SELECT format('CREATE TYPE %s AS ENUM (%s)', ${NAME}, string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder))
  FROM pg_enum e WHERE e.enumtypid = t.oid)`;
const DOMAIN = `format('CREATE DOMAIN %s AS %s%s%s%s', ${NAME}, format_type(t.typbasetype, t.typtypmod),
  CASE WHEN t.typcollation NOT IN (0, b.typcollation)
    THEN (SELECT format(' COLLATE %I.%I', cn.nspname, co.collname) FROM pg_collation co
      JOIN pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = t.typcollation) ELSE '' END,
  CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END,
  (SELECT coalesce(string_agg(format(' CONSTRAINT %I %s', o.conname, pg_get_constraintdef(o.oid)), ''), '')
    FROM pg_constraint o WHERE o.contypid = t.oid AND o.contype = 'c'))`;
const COMPOSITE = `(SELECT format('CREATE TYPE %s AS (%s)', ${NAME}, string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attnum))
  FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)`;
const RANGE = `(SELECT format('CREATE TYPE %s AS RANGE (SUBTYPE = %s)', ${NAME}, format_type(r.rngsubtype, NULL))
  FROM pg_range r WHERE r.rngtypid = t.oid)`;
const COLLATION = `format('CREATE COLLATION %I.%I (PROVIDER = %s, %s%s)', n.nspname, c.collname,
  CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
  coalesce(format('LOCALE = %L', coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', CASE WHEN c.collcollate = c.collctype THEN c.collcollate END)),
    format('LC_COLLATE = %L, LC_CTYPE = %L', c.collcollate, c.collctype)),
  CASE WHEN c.collisdeterministic THEN '' ELSE ', DETERMINISTIC = false' END)`;

export const typesPart: Part<readonly DefinedType[]> = {
  name: 'types',
  sql: () => `SELECT * FROM (
    SELECT t.oid, n.nspname AS schema, t.typname AS name,
      CASE t.typtype WHEN 'e' THEN ${ENUM} WHEN 'd' THEN ${DOMAIN} WHEN 'r' THEN ${RANGE} ELSE ${COMPOSITE} END AS definition
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class r ON r.oid = t.typrelid
    LEFT JOIN pg_type b ON b.oid = t.typbasetype
    WHERE (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND r.relkind = 'c')) AND ${userSchema('n')}
      AND NOT ${ofExtension('pg_type', 't.oid')}
    UNION ALL
    SELECT c.oid, n.nspname, c.collname, ${COLLATION}
    FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
    WHERE ${userSchema('n')} AND NOT ${ofExtension('pg_collation', 'c.oid')}
  ) made WHERE definition IS NOT NULL ORDER BY oid`,
  read: rows =>
    rows.map(row => ({ schema: text(row.schema), name: text(row.name), definition: text(row.definition) })),
  empty: [],
  remedy: 'Check that the user may read pg_type.',
};
