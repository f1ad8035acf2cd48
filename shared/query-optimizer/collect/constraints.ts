/**
 * Primary, unique and foreign keys, exclusions and checks.
 *
 * Shape   -> Constraint[]
 */

import type { Constraint, RelationName } from '../snapshot.ts';
import { type JsonRow, list, ofTable, type Part, text, userSchema } from './part.ts';

const columnsOf = (relation: string, numbers: string): string =>
  `(SELECT json_agg(a.attname ORDER BY k.ord) FROM unnest(${numbers}) WITH ORDINALITY k(num, ord)
    JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = k.num)`;

export const constraintsPart: Part<readonly Constraint[]> = {
  name: 'constraints',
  sql: facts => `SELECT n.nspname AS schema, c.relname AS "table", o.conname AS name, o.contype AS kind,
    CASE WHEN o.contype IN ('c', 'x') THEN ${ofTable('pg_get_constraintdef(o.oid)', 'o.conrelid', facts)}
      ELSE pg_get_constraintdef(o.oid) END AS definition, ${columnsOf('o.conrelid', 'o.conkey')} AS columns,
    fn.nspname AS ref_schema, f.relname AS ref_table, ${columnsOf('o.confrelid', 'o.confkey')} AS ref_columns,
    o.confdeltype AS on_delete
    FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_class f ON f.oid = o.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
    WHERE o.contype IN ('p', 'u', 'f', 'x', 'c') AND ${userSchema('n')} AND c.relpersistence <> 't'
      AND NOT (o.contype = 'f' AND o.conparentid <> 0) ORDER BY o.oid`,
  // What could not be read would be nothing.
  read: rows => rows.map(readConstraint).filter(({ definition }) => definition !== ''),
  empty: [],
  remedy: 'Check that the user may read pg_constraint.',
};

const KINDS: Readonly<Record<string, Constraint['kind']>> = {
  p: 'primary',
  u: 'unique',
  f: 'foreign',
  x: 'exclusion',
  c: 'check',
};

const ON_DELETE: Readonly<Record<string, string>> = {
  a: 'NO ACTION',
  r: 'RESTRICT',
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
};

function readConstraint(row: JsonRow): Constraint {
  const kind = KINDS[text(row.kind)] ?? 'check';
  const table: RelationName = { schema: text(row.ref_schema), name: text(row.ref_table) };
  const columns = list<string>(row.ref_columns);
  const onDelete = ON_DELETE[text(row.on_delete)] ?? 'NO ACTION';
  return {
    table: { schema: text(row.schema), name: text(row.table) },
    name: text(row.name),
    kind,
    columns: list<string>(row.columns),
    references: kind === 'foreign' ? { table, columns, onDelete } : undefined,
    definition: text(row.definition),
  };
}
