/**
 * One use of a relation in a statement, as it fills up while the statement is read.
 *
 * Shape   Use -> Access
 */

import type { Relation } from '../snapshot.ts';
import type { Access, Condition, Filter, Key, SortKey } from './access.ts';

export interface Use {
  readonly relation: Relation;
  readonly filters: Filter[];
  readonly arms: (readonly Filter[])[];
  readonly conditions: Condition[];
  readonly columns: Set<string>;
  order: readonly SortKey[];
  group: readonly Key[];
  isLimited: boolean;
}

/** A column of a use: what a name in a statement comes down to. */
export interface Origin {
  readonly use: Use;
  readonly column: string;
}

export function createUse(relation: Relation): Use {
  return {
    relation,
    filters: [],
    arms: [],
    conditions: [],
    columns: new Set(),
    order: [],
    group: [],
    isLimited: false,
  };
}

export function accessOf({ columns, ...rest }: Use): Access {
  return { ...rest, columns: [...columns] };
}

export function readAllColumns(use: Use): void {
  for (const { name } of use.relation.columns) use.columns.add(name);
}

export const hasColumn = (relation: Relation, name: string): boolean =>
  relation.columns.some(column => column.name === name);

export const typeOf = (relation: Relation, name: string): string =>
  relation.columns.find(column => column.name === name)?.type ?? '';
