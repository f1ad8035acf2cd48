/**
 * What statistics and types say of a column that is to be a key.
 *
 * Units   widths are bytes
 */

import type { Column, Relation, Server } from '../snapshot.ts';
import type { Key } from '../sql/access.ts';
import type { Catalogue } from '../sql/catalogue.ts';

/** Without an order of their own, or with one that nobody sorts by. */
const UNORDERED =
  /^(json|jsonb|xml|point|box|line|lseg|path|polygon|circle|tsvector|tsquery|aclitem)$|\[\]$|(geometry|geography|vector|hstore)/;

/** A B-tree's entry may have a third of a page, and what is far below that is no longer an index but a copy. */
const WIDEST_KEY = 400;

export interface FactsDeps {
  readonly catalogue: Catalogue;
  readonly server: Server;
}

export const columnOf = (relation: Relation, name: string | undefined): Column | undefined =>
  relation.columns.find(column => column.name === name);

/** An expression's type is not known here: those that an access compares are texts, numbers and instants. */
export function isOrdered(relation: Relation, key: Key): boolean {
  const type = columnOf(relation, key.column)?.type;
  return type === undefined ? key.expression !== undefined : !UNORDERED.test(type);
}

export function widthOf(relation: Relation, column: string, { catalogue }: FactsDeps): number {
  return catalogue.statistics(relation, column)?.averageWidth ?? 8;
}

export function isNarrow(relation: Relation, columns: readonly string[], deps: FactsDeps): boolean {
  return columns.every(column => widthOf(relation, column, deps) <= WIDEST_KEY);
}

/** How many rows one value selects, from few to many: what comes first in an index that equality searches. */
export function rowsPerValue(relation: Relation, key: Key, { catalogue }: FactsDeps): number {
  const distinct =
    key.column === undefined ? undefined : catalogue.statistics(relation, key.column)?.distinct;
  if (distinct === undefined || distinct === 0) return Math.max(1, relation.rows) / 200;
  return distinct < 0 ? -1 / distinct : Math.max(1, relation.rows) / distinct;
}

export function distinctValues(
  relation: Relation,
  column: string,
  { catalogue }: FactsDeps,
): number | undefined {
  const distinct = catalogue.statistics(relation, column)?.distinct;
  if (distinct === undefined || distinct === 0) return undefined;
  return distinct > 0 ? distinct : -distinct * relation.rows;
}

const BYTEWISE = new Set(['C', 'POSIX', 'ucs_basic', '"C"', '"POSIX"', 'pg_catalog."C"']);

/** Whether LIKE 'a%' can use the order of the plain operator class. */
export function isBytewise(relation: Relation, key: Key, { server }: FactsDeps): boolean {
  const collation = columnOf(relation, key.column)?.collation;
  return BYTEWISE.has(!collation || collation === 'default' ? server.collation : collation);
}
