/**
 * The keys that a conjunction of filters offers, by what an index can do with them.
 *
 * Shape   Access -> for the whole, and for each arm of an OR together with the whole: { equal, joined, ranged, … }
 */

import type { Access, Comparison, Filter, Key } from '../sql/access.ts';
import { type FactsDeps, isOrdered, rowsPerValue } from './column-facts.ts';

export interface KeySets {
  /** Few rows a value first. */
  readonly equal: readonly Key[];
  readonly joined: readonly Key[];
  readonly ranged: readonly Key[];
  /** Searched by a prefix: their operator class may have to be another. */
  readonly prefixed: readonly Key[];
}

const EQUAL: readonly Comparison[] = ['equality', 'in', 'null'];

export function keySetsOf(access: Access, deps: FactsDeps): readonly KeySets[] {
  const arms = access.arms.map(arm => [...access.filters, ...arm]);
  return [access.filters, ...arms].map(filters => keySets(filters, access, deps));
}

function keySets(filters: readonly Filter[], access: Access, deps: FactsDeps): KeySets {
  const of = (...comparisons: readonly Comparison[]) =>
    distinctKeys(
      filters.filter(filter => comparisons.includes(filter.comparison)).map(({ key }) => key),
    ).filter(key => isOrdered(access.relation, key));
  const equal = of(...EQUAL).sort(
    (left, right) => rowsPerValue(access.relation, left, deps) - rowsPerValue(access.relation, right, deps),
  );
  const isEqual = (key: Key) => equal.some(other => isSameKey(other, key));
  return {
    equal,
    joined: of('join').filter(key => !isEqual(key)),
    ranged: of('range', 'prefix').filter(key => !isEqual(key)),
    prefixed: of('prefix'),
  };
}

export function distinctKeys(keys: readonly Key[]): Key[] {
  return keys.filter((key, at) => keys.findIndex(other => isSameKey(other, key)) === at);
}

export const isSameKey = (left: Key, right: Key): boolean =>
  left.column === right.column && left.expression === right.expression;
