/**
 * How many different keys an index can have at most, by what foreign keys say: two columns that together point to a table come
 * in no more combinations than it has rows, however many each has alone.
 *
 * Shape   Snapshot -> (table, key columns) -> number, infinite where nothing bounds it
 */

import type { ShapedColumn } from '../sizes/index-shape.ts';
import type { RelationName, Snapshot } from '../snapshot.ts';
import { nameOf } from './steps.ts';

export interface NamedKey extends Pick<ShapedColumn, 'distinct'> {
  /** Undefined of an expression. */
  readonly name: string | undefined;
}

export type MostKeys = (table: RelationName, keys: readonly NamedKey[]) => number;

export function createMostKeys({ constraints, relations }: Snapshot): MostKeys {
  const rows = new Map(relations.map(relation => [nameOf(relation), relation.rows]));
  const bounds = constraints.flatMap(({ table, kind, columns, references }) => {
    const referenced = references && (rows.get(nameOf(references.table)) ?? 0);
    const isBound = kind === 'foreign' && columns.length > 1 && referenced !== undefined && referenced > 0;
    return isBound ? [{ table: nameOf(table), columns, rows: referenced }] : [];
  });
  const byTable = Map.groupBy(bounds, ({ table }) => table);
  return (table, keys) => {
    const names = new Set(keys.map(({ name }) => name));
    const fitting = (byTable.get(nameOf(table)) ?? []).filter(({ columns }) =>
      columns.every(name => names.has(name)),
    );
    return Math.min(
      Number.POSITIVE_INFINITY,
      ...fitting.map(
        bound => bound.rows * combinations(keys.filter(({ name }) => !isIn(name, bound.columns))),
      ),
    );
  };
}

const isIn = (name: string | undefined, columns: readonly string[]): boolean =>
  name !== undefined && columns.includes(name);

const combinations = (keys: readonly NamedKey[]): number =>
  keys.reduce((all, { distinct }) => all * Math.max(1, distinct), 1);
