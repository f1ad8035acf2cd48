/**
 * What an index's columns hold, by the statistics of the columns they are, or of those that an expression is made of.
 *
 * Shape   createColumnShapes(session, Snapshot) -> (index's columns) -> ShapedColumn[]
 * Cost    an EXPLAIN for an expression
 */

import { readPlan } from '../planning/read-plan.ts';
import type { Session } from '../session.ts';
import type { ShapedColumn } from '../sizes/index-shape.ts';
import type { ColumnStatistics, Relation, RelationName, Snapshot } from '../snapshot.ts';
import { elementsOf } from './elements.ts';
import { nameOf } from './steps.ts';

export interface CataloguedColumn {
  readonly isKey: boolean;
  readonly length: number;
  readonly alignment: number;
  readonly column: string | undefined;
  readonly expression: string | undefined;
  /** The one column that an expression is made of. */
  readonly of: string | undefined;
  readonly operatorClass: string;
  readonly type: string;
}

export interface IndexColumns {
  readonly table: RelationName;
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
  return async ({ table, quoted, columns }: IndexColumns): Promise<readonly ShapedColumn[]> => {
    const rows = Math.max(1, relations.get(nameOf(table))?.rows ?? 1);
    const shaped: ShapedColumn[] = [];
    for (const column of columns) {
      const known = statistics.get(`${nameOf(table)}.${column.column ?? column.of ?? ''}`);
      const distinct =
        column.expression === undefined ? undefined : await groupsOf(session, quoted, column.expression);
      shaped.push(shapeOf(column, known, { rows, distinct, relation: relations.get(nameOf(table)) }));
    }
    return shaped;
  };
}

interface Facts {
  readonly rows: number;
  readonly distinct: number | undefined;
  readonly relation: Relation | undefined;
}

/** Without statistics the planner takes a value that varies for 32 bytes wide, and for one of 200. */
function shapeOf(column: CataloguedColumn, known: ColumnStatistics | undefined, facts: Facts): ShapedColumn {
  const isExpression = column.expression !== undefined;
  const width = column.length > 0 ? column.length : (known?.averageWidth ?? 32);
  return {
    isKey: column.isKey,
    length: column.length,
    alignment: column.alignment,
    averageWidth: width,
    nullFraction: known?.nullFraction ?? 0,
    distinct: facts.distinct ?? distinctOf(known, facts.rows),
    commonShares: isExpression ? [] : (known?.mostCommonFrequencies ?? []),
    elements: elementsOf(column, known, facts.rows),
  };
}

/** Below zero it is a share of the rows. */
function distinctOf(known: ColumnStatistics | undefined, rows: number): number {
  if (known === undefined || known.distinct === 0) return Math.min(200, rows);
  return known.distinct > 0 ? known.distinct : -known.distinct * rows;
}

/** As many groups as the planner expects. */
async function groupsOf(session: Session, quoted: string, expression: string): Promise<number | undefined> {
  const [plan] = await session.query(
    `EXPLAIN (FORMAT JSON) SELECT (${expression}) FROM ONLY ${quoted} GROUP BY 1`,
  );
  return readPlan(plan && Object.values(plan)[0]).rows;
}
