/**
 * Tables, partitions and materialised views with their columns and what was done to them.
 *
 * Shape   -> Relation[]; sizes are of the last VACUUM or ANALYZE, and become today's with sizes.ts
 * Source  pg_class, pg_attribute, pg_inherits, pg_stat_all_tables
 */

import type { Activity, Column, Relation, RelationKind, RelationName } from '../snapshot.ts';
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

const columns = (facts: ServerFacts) => `SELECT json_agg(json_build_object(
    'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'required', a.attnotnull,
    'collation', CASE WHEN a.attcollation <> t.typcollation THEN format('%I.%I', cn.nspname, co.collname) END,
    'generated', CASE WHEN to_jsonb(a) ->> 'attgenerated' IN ('s', 'v') THEN ${ofTable('pg_get_expr(d.adbin, d.adrelid)', 'd.adrelid', facts)}
      || CASE to_jsonb(a) ->> 'attgenerated' WHEN 's' THEN ' STORED' ELSE ' VIRTUAL' END END
  ) ORDER BY a.attnum)
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_collation co ON co.oid = a.attcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped`;

const PARENTS = `SELECT json_agg(json_build_object('schema', pn.nspname, 'name', p.relname) ORDER BY h.inhseqno)
  FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
  WHERE h.inhrelid = c.oid`;

export const relationsPart: Part<readonly Relation[]> = {
  name: 'tables',
  sql: facts => `SELECT n.nspname AS schema, c.relname AS name, c.relkind AS kind, greatest(c.relpages, 0) AS pages,
    c.reltuples::float8 AS rows, c.relallvisible AS visible, c.reloptions AS options,
    pg_get_partkeydef(c.oid) AS key, CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, 0) END AS bound,
    (${PARENTS}) AS parents, (${columns(facts)}) AS columns,
    s.n_tup_ins AS inserts, s.n_tup_upd AS updates, s.n_tup_hot_upd AS hot, s.n_tup_del AS deletes,
    s.seq_scan AS seq, s.idx_scan AS idx, ${epochMs('greatest(s.last_analyze, s.last_autoanalyze)')} AS analyzed
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
    WHERE c.relkind IN ('r', 'p', 'm', 'f') AND c.relpersistence <> 't' AND ${userSchema('n')}
      AND NOT ${ofExtension('pg_class', 'c.oid')} ORDER BY c.oid`,
  read: rows => rows.map(readRelation),
  empty: [],
  remedy: 'Check that the user may read pg_class and pg_attribute.',
};

const KINDS: Readonly<Record<string, RelationKind>> = {
  r: 'table',
  p: 'partitioned',
  m: 'materialized-view',
  f: 'foreign',
};

function readRelation(row: JsonRow): Relation {
  const [key, bound] = [optionalText(row.key), optionalText(row.bound)];
  return {
    schema: text(row.schema),
    name: text(row.name),
    kind: KINDS[text(row.kind)] ?? 'table',
    columns: list<JsonRow>(row.columns).map(readColumn),
    pages: count(row.pages),
    rows: count(row.rows),
    allVisiblePages: count(row.visible),
    bytes: count(row.pages) * 8192,
    options: list<string>(row.options),
    parents: list<RelationName>(row.parents),
    partition: key === undefined && bound === undefined ? undefined : { key, bound },
    activity: readActivity(row),
  };
}

const readColumn = (column: JsonRow): Column => ({
  name: text(column.name),
  type: text(column.type),
  collation: optionalText(column.collation),
  isRequired: column.required === true,
  generated: optionalText(column.generated),
});

const readActivity = (row: JsonRow): Activity => ({
  inserts: count(row.inserts),
  updates: count(row.updates),
  hotUpdates: count(row.hot),
  deletes: count(row.deletes),
  sequentialScans: count(row.seq),
  indexScans: count(row.idx),
  analyzedAt: instant(row.analyzed),
});
