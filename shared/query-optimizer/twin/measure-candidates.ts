/**
 * Works out how large proposed indexes would be: from what the twin's catalogue says of their columns, the source's statistics,
 * and the planner's own guess of how many rows a predicate lets through.
 *
 * Shape   createMeasure(engine, Snapshot) -> (oids) -> oid -> { pages, rows, … }
 * Cost    one look at the catalogue for all of them; one EXPLAIN for each that has a predicate or an expression, and what
 *         column-shapes.ts asks of its columns
 */

import { asArray } from '../planning/index-switches.ts';
import type { Row, Session } from '../session.ts';
import { btreePages } from '../sizes/btree.ts';
import { ginSize } from '../sizes/gin.ts';
import type { IndexShape } from '../sizes/index-shape.ts';
import { brinSize, gistPages, hashPages } from '../sizes/other-methods.ts';
import type { Relation, RelationName, Snapshot } from '../snapshot.ts';
import type { CataloguedColumn } from './catalogued-column.ts';
import { createColumnShapes } from './column-shapes.ts';
import type { TwinEngine } from './engine.ts';
import { expectedRows } from './expected-rows.ts';
import { createMostKeys } from './most-keys.ts';
import { rowsBehind } from './rows-behind.ts';
import type { FileShape } from './shape-files.ts';
import { nameOf } from './steps.ts';

export interface Measured extends RelationName, FileShape {
  readonly rows: number;
}

const INDEXES = `SELECT c.oid::text AS oid, n.nspname::text AS schema, c.relname::text AS name, am.amname::text AS method,
  tn.nspname::text AS table_schema, t.relname::text AS "table", i.indisunique AS "unique", i.indnkeyatts::int AS keys,
  format('%I.%I', tn.nspname, t.relname) AS quoted, pg_get_expr(i.indpred, i.indrelid) AS predicate,
  (SELECT count(DISTINCT found[1])::int FROM regexp_matches(i.indpred::text, ':varattno (\\d+)', 'g') found) AS compared,
  coalesce(substring(array_to_string(c.reloptions, ',') FROM 'fillfactor=(\\d+)')::int, 90) AS fill,
  pg_relation_filepath(c.oid) AS path,
  (SELECT json_agg(json_build_object('length', a.attlen, 'alignment', a.attalign,
      'column', ta.attname, 'typmod', a.atttypmod, 'type', format_type(a.atttypid, NULL),
      'expression', CASE WHEN i.indkey[a.attnum - 1] = 0 THEN pg_get_indexdef(i.indexrelid, a.attnum, true) END,
      'class', oc.opcname) ORDER BY a.attnum)
    FROM pg_attribute a LEFT JOIN pg_attribute ta ON ta.attrelid = i.indrelid AND ta.attnum = i.indkey[a.attnum - 1] AND ta.attnum > 0
    LEFT JOIN pg_opclass oc ON oc.oid = i.indclass[a.attnum - 1]
    WHERE a.attrelid = c.oid)::text AS columns,
  (SELECT json_agg(DISTINCT ta.attname) FROM regexp_matches(i.indexprs::text, ':varattno (\\d+)', 'g') found
    JOIN pg_attribute ta ON ta.attrelid = t.oid AND ta.attnum = found[1]::int)::text AS computed
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_am am ON am.oid = c.relam JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
  WHERE c.oid = ANY ($1::text::oid[]) AND c.relkind = 'i'`;

export type Measure = (oids: readonly string[]) => Promise<ReadonlyMap<string, Measured>>;

export function createMeasure(engine: TwinEngine, snapshot: Snapshot): Measure {
  const { session } = engine;
  const relations = new Map(snapshot.relations.map(relation => [nameOf(relation), relation]));
  const shapesOf = createColumnShapes(session, snapshot);
  const mostKeys = createMostKeys(snapshot);

  async function shapeOf(row: Row, table: RelationName, relation: Relation): Promise<IndexShape> {
    const catalogued = columnsOf(row);
    const index = { schema: String(row.schema), name: String(row.name) };
    const columns = await shapesOf({ table, index, quoted: String(row.quoted), columns: catalogued });
    const keys = columns.map(({ distinct }, at) => ({ distinct, name: catalogued[at]?.column }));
    return {
      rows: await indexedRows(session, row, relation),
      tableRows: Math.max(0, relation.rows),
      tablePages: relation.pages,
      isUnique: row.unique === true,
      deduplicates:
        row.method === 'btree' &&
        !catalogued.some(isPadded) &&
        (await keepsEqualsOnce(engine, String(row.path))),
      columns,
      fillFactor: Number(row.fill),
      mostKeys: mostKeys(table, keys),
    };
  }

  return async oids => {
    const measured = new Map<string, Measured>();
    for (const row of await session.query(INDEXES, [asArray(oids)])) {
      const table = { schema: String(row.table_schema), name: String(row.table) };
      const relation = relations.get(nameOf(table));
      if (!relation) continue;
      measured.set(String(row.oid), {
        schema: String(row.schema),
        name: String(row.name),
        ...sizeOf(String(row.method), await shapeOf(row, table, relation)),
      });
    }
    return measured;
  };
}

function sizeOf(method: string, shape: IndexShape): Omit<Measured, keyof RelationName> {
  const known = { rows: shape.rows, tablePages: shape.tablePages };
  if (method === 'gin') {
    const gin = ginSize(shape);
    return { ...known, pages: gin.pages, gin };
  }
  if (method === 'brin') return { ...known, pages: brinSize(shape).pages };
  if (method === 'hash') return { ...known, pages: hashPages(shape) };
  return { ...known, pages: method === 'btree' ? btreePages(shape) : gistPages(shape) };
}

/** Behind a predicate as many as the planner takes to come through it. */
async function indexedRows(session: Session, row: Row, relation: Relation): Promise<number> {
  const all = Math.max(0, relation.rows);
  if (row.predicate === null) return all;
  const where = `SELECT 1 FROM ONLY ${String(row.quoted)} WHERE ${String(row.predicate)}`;
  return rowsBehind(all, await expectedRows(session, where), Number(row.compared));
}

/**
 * Texts of a fixed length are equal but for blanks at their end, and since November 2026 PostgreSQL keeps each. A server that
 * is older keeps equal ones once, until it builds the index anew.
 */
const isPadded = ({ type }: CataloguedColumn): boolean => type === 'character';

/** The first page of a B-tree says it of its types: allequalimage. */
async function keepsEqualsOnce(engine: TwinEngine, path: string): Promise<boolean> {
  const head = await engine.readHead(path);
  return head[24 + 40] === 1;
}

function columnsOf(row: Row): readonly CataloguedColumn[] {
  const computed = JSON.parse(String(row.computed ?? '[]')) as readonly string[];
  const columns = JSON.parse(String(row.columns)) as readonly Record<string, unknown>[];
  return columns.map((column, at) => ({
    isKey: at < Number(row.keys),
    length: Number(column.length),
    alignment: ALIGNMENTS[String(column.alignment)] ?? 4,
    column: column.column === null ? undefined : String(column.column),
    expression: column.expression === null ? undefined : String(column.expression),
    of: computed.length === 1 ? computed[0] : undefined,
    operatorClass: String(column.class ?? ''),
    type: String(column.type),
  }));
}

const ALIGNMENTS: Readonly<Record<string, number>> = { c: 1, s: 2, i: 4, d: 8 };
