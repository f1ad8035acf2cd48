/**
 * The indexes that exist, key by key, and how often they were used.
 *
 * Shape   -> ExistingIndex[]
 * Source  pg_index, pg_opclass, pg_stat_all_indexes; last_idx_scan since PostgreSQL 16
 */

import type { ExistingIndex, IndexKey } from '../snapshot.ts';
import {
  count,
  epochMs,
  instant,
  type JsonRow,
  list,
  ofExtension,
  ofTable,
  optionalText,
  type Part,
  type ServerFacts,
  text,
  userSchema,
} from './part.ts';

const keys = (facts: ServerFacts) => `SELECT json_agg(json_build_object(
    'text', ${ofTable('pg_get_indexdef(i.indexrelid, p, true)', 'i.indrelid', facts)},
    'expression', i.indkey[p - 1] = 0, 'key', p <= i.indnkeyatts, 'option', i.indoption[p - 1],
    'class', CASE WHEN NOT oc.opcdefault THEN format('%I.%I', ocn.nspname, oc.opcname) END,
    'column', a.attname, 'quoted', quote_ident(a.attname)
  ) ORDER BY p)
  FROM generate_series(1, i.indnatts) p
  LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p - 1]
  LEFT JOIN pg_opclass oc ON oc.oid = i.indclass[p - 1] LEFT JOIN pg_namespace ocn ON ocn.oid = oc.opcnamespace`;

export const indexesPart: Part<readonly ExistingIndex[]> = {
  name: 'indexes',
  sql: facts => `SELECT n.nspname AS schema, c.relname AS name, tn.nspname AS table_schema, t.relname AS "table",
    am.amname AS method, (${keys(facts)}) AS keys,
    ${ofTable('pg_get_expr(i.indpred, i.indrelid, true)', 'i.indrelid', facts)} AS predicate,
    i.indpred IS NOT NULL AS partial,
    i.indisunique AS "unique", i.indisprimary AS "primary", i.indisvalid AS valid,
    (SELECT o.conname FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x') LIMIT 1) AS "constraint",
    (SELECT json_build_object('schema', pn.nspname, 'name', p.relname) FROM pg_inherits h
      JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
      WHERE h.inhrelid = i.indexrelid) AS parent,
    ${ofTable('pg_get_indexdef(i.indexrelid)', 'i.indrelid', facts)} AS definition, c.relpages AS pages, c.reltuples::float8 AS rows, s.idx_scan AS scans,
    ${epochMs("(to_jsonb(s) ->> 'last_idx_scan')::timestamptz")} AS scanned
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace JOIN pg_am am ON am.oid = c.relam
    LEFT JOIN pg_stat_all_indexes s ON s.indexrelid = i.indexrelid
    WHERE i.indislive AND ${userSchema('n')} AND c.relpersistence <> 't'
      AND NOT ${ofExtension('pg_class', 't.oid')} ORDER BY c.oid`,
  read: rows => rows.map(readIndex),
  empty: [],
  remedy: 'Check that the user may read pg_index.',
};

function readIndex(row: JsonRow): ExistingIndex {
  const all = list<JsonRow>(row.keys);
  return {
    schema: text(row.schema),
    name: text(row.name),
    table: { schema: text(row.table_schema), name: text(row.table) },
    method: text(row.method),
    keys: all.filter(({ key }) => key === true).map(readKey),
    included: all.filter(({ key }) => key !== true).map(({ column }) => text(column)),
    // One that could not be read is not none.
    predicate: row.partial === true ? text(row.predicate) : undefined,
    isUnique: row.unique === true,
    isPrimary: row.primary === true,
    isValid: row.valid === true,
    constraint: optionalText(row.constraint),
    parent: (row.parent ?? undefined) as ExistingIndex['parent'],
    definition: text(row.definition),
    pages: count(row.pages),
    rows: count(row.rows),
    bytes: count(row.pages) * 8192,
    scans: count(row.scans),
    scannedAt: instant(row.scanned),
  };
}

const readKey = (key: JsonRow): IndexKey => ({
  text: text(key.text ?? key.quoted),
  isExpression: key.expression === true,
  operatorClass: optionalText(key.class),
  isDescending: (count(key.option) & 1) !== 0,
  nullsFirst: (count(key.option) & 2) !== 0,
});
