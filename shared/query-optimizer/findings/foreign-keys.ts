/**
 * Foreign keys without an index behind them, where rows that they point to are deleted: each such delete reads the whole
 * referencing table, and no SELECT shows it.
 *
 * Joins need no finding of their own: statements show them, and then the search judges.
 *
 * Shape   Snapshot -> [{ constraint, index, deletes, pages }]
 * Source  PostgreSQL, 5.5.5 Foreign Keys ("it is often a good idea to index the referencing columns too")
 */

import { plain } from '../candidates/existing.ts';
import type { IndexDefinition } from '../planner.ts';
import type { Constraint, ExistingIndex, Relation, Snapshot } from '../snapshot.ts';
import { nameOf } from '../sql/catalogue.ts';

export interface UnindexedForeignKey {
  readonly constraint: Constraint;
  readonly index: IndexDefinition;
  /** Of rows that it points to, since the server counts. */
  readonly deletes: number;
  /** That each of them reads. */
  readonly pages: number;
}

/** Below it the whole table is read as fast as an index. */
const FEWEST_PAGES = 50;

export function findUnindexedForeignKeys(
  snapshot: Snapshot,
  proposed: readonly IndexDefinition[],
): readonly UnindexedForeignKey[] {
  const relations = new Map(snapshot.relations.map(relation => [nameOf(relation), relation]));
  const found = snapshot.constraints.flatMap(constraint => {
    const { references, table, columns } = constraint;
    if (constraint.kind !== 'foreign' || !references) return [];
    const [from, to] = [relations.get(nameOf(table)), relations.get(nameOf(references.table))];
    if (!from || !to || !isFelt(from, to)) return [];
    const isIndexed =
      snapshot.indexes.some(index => nameOf(index.table) === nameOf(table) && leads(index, columns)) ||
      proposed.some(index => nameOf(index.table) === nameOf(table) && isBehind(index, columns));
    if (isIndexed) return [];
    return [
      {
        constraint,
        index: indexOf(constraint),
        deletes: to.activity.deletes,
        pages: pagesOf(from, snapshot),
      },
    ];
  });
  return found.toSorted((left, right) => right.deletes * right.pages - left.deletes * left.pages);
}

function isFelt(from: Relation, to: Relation): boolean {
  // A partition has the constraint of its parent, which is told once.
  if (from.parents.length > 0 && from.partition !== undefined) return false;
  return to.activity.deletes > 0 && (from.kind === 'partitioned' || from.pages >= FEWEST_PAGES);
}

/** A partitioned table has no pages, its partitions have. */
function pagesOf(relation: Relation, { relations }: Snapshot): number {
  if (relation.kind !== 'partitioned') return relation.pages;
  return relations
    .filter(({ parents }) => parents.some(parent => nameOf(parent) === nameOf(relation)))
    .reduce((sum, { pages }) => sum + Math.max(0, pages), 0);
}

/** In any order, but first: equality on all of them finds the rows. */
function leads({ keys, method, predicate, isValid }: ExistingIndex, columns: readonly string[]): boolean {
  const first = keys.slice(0, columns.length).map(({ text }) => plain(text));
  const isSearched = method === 'btree' || (method === 'hash' && columns.length === 1);
  return (
    isValid && isSearched && isHarmless(predicate, columns) && columns.every(column => first.includes(column))
  );
}

/** `WHERE customer_id IS NOT NULL` leaves out only rows that point nowhere. */
function isHarmless(predicate: string | undefined, columns: readonly string[]): boolean {
  if (predicate === undefined) return true;
  const bare = predicate.replaceAll(/[()"]/g, '').trim();
  return columns.length === 1 && bare === `${columns[0]} IS NOT NULL`;
}

function isBehind({ keys, method, predicate }: IndexDefinition, columns: readonly string[]): boolean {
  const first = keys.slice(0, columns.length).map(({ column }) => column);
  return (
    method === 'btree' && isHarmless(predicate, columns) && columns.every(column => first.includes(column))
  );
}

function indexOf({ table, columns }: Constraint): IndexDefinition {
  const keys = columns.map(column => ({
    column,
    expression: undefined,
    operatorClass: undefined,
    isDescending: false,
  }));
  return { table, method: 'btree', keys, included: [], predicate: undefined };
}
