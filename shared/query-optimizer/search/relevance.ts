/**
 * Whether an index can change a statement's plan at all: only then is the planner asked.
 *
 * Shape   (definition, accesses, kinship) -> boolean
 */

import { columnsOf } from '../candidates/btree.ts';
import type { IndexDefinition } from '../planner.ts';
import type { Access, Key } from '../sql/access.ts';
import type { Reaches } from './kinship.ts';

export function isRelevant(index: IndexDefinition, accesses: readonly Access[], reaches: Reaches): boolean {
  return accesses.some(
    access =>
      reaches(index.table, access.relation) &&
      mayHold(index, access) &&
      (seeks(index, access) || covers(index, access)),
  );
}

/** Postgres proves more than equal texts, but candidates are made from the statements' own. */
function mayHold({ predicate }: IndexDefinition, { conditions }: Access): boolean {
  return predicate === undefined || conditions.some(({ sql }) => sql === predicate);
}

/** Any key counts, since PostgreSQL 18 skips through a first one with few values. */
function seeks(index: IndexDefinition, access: Access): boolean {
  const sought: Key[] = [
    ...[...access.filters, ...access.arms.flat()].map(({ key }) => key),
    ...access.order.map(({ key }) => key),
    ...access.group,
  ];
  return (
    index.keys.some(key =>
      sought.some(other => other.column === key.column && other.expression === key.expression),
    ) || index.predicate !== undefined
  );
}

/** A full scan of a narrow index instead of the table. */
function covers(index: IndexDefinition, access: Access): boolean {
  const columns = new Set(columnsOf(index));
  return index.method === 'btree' && access.columns.every(column => columns.has(column));
}
