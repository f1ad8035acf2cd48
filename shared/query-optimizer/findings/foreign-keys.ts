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
import { partitionsOf } from '../migration/create.ts';
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
    if (!from || !to) return [];
    const deletes = sumOver(to, snapshot, ({ activity }) => activity.deletes);
    const pages = sumOver(from, snapshot, relation => relation.pages);
    if (deletes === 0 || pages < FEWEST_PAGES || isTold(from)) return [];
    const isProposed = proposed.some(
      index => nameOf(index.table) === nameOf(table) && isBehind(index, columns),
    );
    if (isProposed || isIndexed(from, columns, snapshot)) return [];
    return [{ constraint, index: indexOf(constraint), deletes, pages }];
  });
  return found.toSorted((left, right) => right.deletes * right.pages - left.deletes * left.pages);
}

/** A partition has the constraint of its parent, which is told once. */
const isTold = ({ parents, partition }: Relation): boolean => parents.length > 0 && partition !== undefined;

/** A partitioned table has neither pages nor counters, its partitions have. */
function sumOver(
  relation: Relation,
  { relations }: Pick<Snapshot, 'relations'>,
  of: (relation: Relation) => number,
): number {
  const own = Math.max(0, of(relation));
  return partitionsOf(relation, relations).reduce((sum, part) => sum + sumOver(part, { relations }, of), own);
}

/** By an index of its own, or by one of each partition. */
function isIndexed(relation: Relation, columns: readonly string[], snapshot: Snapshot): boolean {
  const own = snapshot.indexes.some(
    index => nameOf(index.table) === nameOf(relation) && leads(index, columns),
  );
  const parts = partitionsOf(relation, snapshot.relations);
  return own || (parts.length > 0 && parts.every(part => isIndexed(part, columns, snapshot)));
}

/** In any order, but first: equality on all of them finds the rows. */
function leads({ keys, method, predicate, isValid }: ExistingIndex, columns: readonly string[]): boolean {
  const first = keys.slice(0, columns.length).map(({ text }) => plain(text));
  const isSearched = method === 'btree' || (method === 'hash' && columns.length === 1);
  return (
    isValid && isSearched && isHarmless(predicate, columns) && columns.every(column => first.includes(column))
  );
}

/** `WHERE customer_id IS NOT NULL` leaves out only rows that point nowhere, as any of several columns does that is null. */
function isHarmless(predicate: string | undefined, columns: readonly string[]): boolean {
  if (predicate === undefined) return true;
  const conditions = predicate.replaceAll(/[()"]/g, '').trim().split(' AND ');
  return conditions.every(condition => columns.some(column => condition === `${column} IS NOT NULL`));
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
