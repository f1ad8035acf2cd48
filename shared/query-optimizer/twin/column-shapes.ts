/**
 * What an index's columns hold, by the statistics of the columns they are, or of those that an expression is made of.
 *
 * Shape   createColumnShapes(session, Snapshot) -> (index's columns) -> ShapedColumn[]
 * Cost    of each column, or expression over one, once some statements over some hundred values; an EXPLAIN for an expression
 */

import { quoteIdentifier } from '../index-sql.ts';
import type { Session } from '../session.ts';
import type { ShapedColumn, Widths } from '../sizes/index-shape.ts';
import type { ColumnStatistics, Relation, RelationName, Snapshot } from '../snapshot.ts';
import type { CataloguedColumn } from './catalogued-column.ts';
import { distinctValues, type SampledTable, sampledRows } from './distinct-values.ts';
import { documentStatistics } from './document-statistics.ts';
import { elementsOf } from './elements.ts';
import { expectedRows } from './expected-rows.ts';
import { deriveStatistics } from './expression-statistics.ts';
import type { ColumnSql } from './known-values.ts';
import { restoreColumn } from './restore-statistics.ts';
import { sampleElements } from './sample-elements.ts';
import { sampleWidths } from './sample-widths.ts';
import { nameOf } from './steps.ts';
import type { SampledElements } from './summarise-elements.ts';

export interface IndexColumns {
  readonly table: RelationName;
  readonly index: RelationName;
  /** The table, as SQL. */
  readonly quoted: string;
  readonly columns: readonly CataloguedColumn[];
}

export function createColumnShapes(session: Session, snapshot: Snapshot) {
  const statistics = new Map<string, ColumnStatistics>();
  // Of a table's own rows rather than of those that inherit.
  for (const each of snapshot.statistics.toSorted((a, b) => Number(b.inherited) - Number(a.inherited)))
    statistics.set(`${nameOf(each.table)}.${each.column}`, each);
  const relations = new Map(snapshot.relations.map(relation => [nameOf(relation), relation]));
  const sampled = sampledRows(snapshot);
  const widthsOf = rememberWidths(session);
  return async ({ table, index, quoted, columns }: IndexColumns): Promise<readonly ShapedColumn[]> => {
    const relation = relations.get(nameOf(table));
    const rows = Math.max(1, relation?.rows ?? 1);
    const shaped: ShapedColumn[] = [];
    for (const [at, column] of columns.entries()) {
      const known = statistics.get(`${nameOf(table)}.${column.column ?? column.of ?? ''}`);
      const learned =
        known && (await learn(session, { index, number: at + 1, column, known, relation, rows, widthsOf }));
      const isGuess = column.expression !== undefined && learned?.derived === undefined;
      const distinct = isGuess ? await groupsOf(session, quoted, column.expression ?? '') : undefined;
      shaped.push(
        shapeOf(column, learned?.derived ?? known, {
          rows,
          pages: relation?.pages ?? 1,
          sampled,
          distinct,
          ...learned,
        }),
      );
    }
    return shaped;
  };
}

interface Facts extends SampledTable {
  readonly distinct: number | undefined;
  readonly elements?: SampledElements | undefined;
  readonly widths?: Widths | undefined;
}

type WidthsOf = (question: ColumnSql, known: ColumnStatistics) => Promise<Widths | undefined>;

/** Many candidates have the same columns. */
function rememberWidths(session: Session): WidthsOf {
  const remembered = new Map<ColumnStatistics, Map<string, Widths | undefined>>();
  return async (question, known) => {
    const ofColumn = remembered.get(known) ?? new Map<string, Widths | undefined>();
    remembered.set(known, ofColumn);
    if (!ofColumn.has(question.sql)) ofColumn.set(question.sql, await sampleWidths(session, question, known));
    return ofColumn.get(question.sql);
  };
}

interface LearnedKey {
  readonly index: RelationName;
  readonly number: number;
  readonly column: CataloguedColumn;
  readonly known: ColumnStatistics;
  readonly relation: Relation | undefined;
  readonly rows: number;
  readonly widthsOf: WidthsOf;
}

interface Learned {
  readonly elements: SampledElements | undefined;
  /** What ANALYZE would find of an expression. */
  readonly derived: ColumnStatistics | undefined;
  /** Undefined where they do not vary, or no value is known. */
  readonly widths: Widths | undefined;
}

/** Takes the column's known values, and gives the index of an expression the statistics that it would come to have. */
async function learn(session: Session, key: LearnedKey): Promise<Learned | undefined> {
  const { index, number, column, known, relation, rows, widthsOf } = key;
  const name = column.column ?? column.of;
  const columnType = relation?.columns.find(each => each.name === name)?.type;
  if (name === undefined || columnType === undefined) return undefined;
  const sql = column.expression ?? quoteIdentifier(name);
  const value: ColumnSql = { sql, column: name, columnType };
  const { operatorClass } = column;
  const elements = await sampleElements(session, { ...value, operatorClass }, known, rows);
  const widths = column.length > 0 ? undefined : await widthsOf(value, known);
  if (column.expression === undefined) return { elements, derived: undefined, widths };
  const expression = { ...value, index, number };
  const derived =
    elements && operatorClass === 'tsvector_ops'
      ? documentStatistics(expression, known, elements)
      : await deriveStatistics(session, expression, known);
  if (derived) await session.query(`SELECT ${restoreColumn(derived)}`);
  return { elements, derived, widths };
}

/** Without statistics the planner takes a value that varies for 32 bytes wide, and for one of 200. */
function shapeOf(column: CataloguedColumn, known: ColumnStatistics | undefined, facts: Facts): ShapedColumn {
  const width = column.length > 0 ? column.length : (known?.averageWidth ?? 32);
  return {
    isKey: column.isKey,
    length: column.length,
    alignment: column.alignment,
    averageWidth: width,
    widths: facts.widths,
    nullFraction: known?.nullFraction ?? 0,
    distinct: facts.distinct ?? distinctValues(known, facts),
    commonShares: facts.distinct === undefined ? (known?.mostCommonFrequencies ?? []) : [],
    elements: facts.elements ?? elementsOf(column, known, facts.rows),
  };
}

/** As many groups as the planner expects; of a type without equality (json) it expects none. */
const groupsOf = (session: Session, quoted: string, expression: string): Promise<number | undefined> =>
  expectedRows(session, `SELECT (${expression}) FROM ONLY ${quoted} GROUP BY 1`);
