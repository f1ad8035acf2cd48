/**
 * One index for each column that the workload reads: what Extend begins with.
 *
 * Shape   items -> definitions
 */

import { columnOf, type FactsDeps, isNarrow, isOrdered } from '../candidates/column-facts.ts';
import { isThere } from '../candidates/existing.ts';
import { indexIdOf } from '../index-sql.ts';
import type { IndexDefinition } from '../planner.ts';
import type { ExistingIndex } from '../snapshot.ts';
import type { Access } from '../sql/access.ts';
import { nameOf } from '../sql/catalogue.ts';

export interface SinglesDeps extends FactsDeps {
  readonly existing: readonly ExistingIndex[];
}

export function singlesOf(accesses: readonly Access[], deps: SinglesDeps): readonly IndexDefinition[] {
  const definitions = accesses
    .filter(({ relation }) => relation.kind !== 'foreign')
    .flatMap(access => access.columns.flatMap(column => single(access, column, deps)));
  const different = new Map(definitions.map(index => [indexIdOf(index), index]));
  const existing = Map.groupBy(deps.existing, ({ table }) => nameOf(table));
  return [...different.values()].filter(index => !isThere(index, existing.get(nameOf(index.table)) ?? []));
}

function single({ relation }: Access, column: string, deps: FactsDeps): readonly IndexDefinition[] {
  const isFit =
    columnOf(relation, column) && isOrdered(relation, { column }) && isNarrow(relation, [column], deps);
  if (!isFit) return [];
  const { schema, name } = relation;
  const key = { column, expression: undefined, operatorClass: undefined, isDescending: false };
  return [{ table: { schema, name }, method: 'btree', keys: [key], included: [], predicate: undefined }];
}
