/**
 * Indexes that another one does the work of: equal, or the first keys of a longer one.
 *
 * Not redundant is what differs in anything that a query or a promise could depend on: uniqueness, predicate, operator class,
 * direction, collation, or a column that only the shorter one includes.
 *
 * Shape   indexes -> [{ index, by, kind, byProposal: false }]
 * Source  PostgreSQL, 11.3 Multicolumn Indexes; 11.10 Operator Classes; 11.9 Index-Only Scans
 */

import type { ExistingIndex, IndexKey } from '../snapshot.ts';
import { nameOf } from '../sql/catalogue.ts';
import { mayGo } from './unused.ts';

export interface Redundant {
  readonly index: ExistingIndex;
  /** What stays and does its work. */
  readonly by: ExistingIndex;
  readonly kind: 'duplicate' | 'prefix';
  /** It does not exist yet. */
  readonly byProposal: boolean;
}

export function findRedundant(indexes: readonly ExistingIndex[]): readonly Redundant[] {
  const found: Redundant[] = [];
  const gone = new Set<string>();
  for (const ofTable of Map.groupBy(indexes, ({ table }) => nameOf(table)).values()) {
    for (const index of ofTable.filter(isRemovable).toSorted(leastKeptFirst)) {
      const by = ofTable.find(other => other !== index && !gone.has(nameOf(other)) && replaces(other, index));
      if (!by) continue;
      gone.add(nameOf(index));
      const kind = by.keys.length === index.keys.length ? 'duplicate' : 'prefix';
      found.push({ index, by, kind, byProposal: false });
    }
  }
  return found;
}

/** Part of a partitioned index: it goes with its parent or not at all. */
export const isRemovable = (index: ExistingIndex): boolean => mayGo(index) && index.parent === undefined;

/** Of two that could stand in for each other, the shorter goes, then the less read, then the younger name. */
function leastKeptFirst(left: ExistingIndex, right: ExistingIndex): number {
  return (
    left.keys.length - right.keys.length ||
    left.included.length - right.included.length ||
    left.scans - right.scans ||
    (left.name < right.name ? 1 : -1)
  );
}

function replaces(other: ExistingIndex, index: ExistingIndex): boolean {
  if (!other.isValid || other.method !== index.method || other.predicate !== index.predicate) return false;
  if (hasCollation(other) || isPeculiar(index)) return false;
  const isOrdered = index.method === 'btree';
  if (!isOrdered && other.keys.length !== index.keys.length) return false;
  return startsWith(other.keys, index.keys) && holdsIncluded(other, index);
}

/** Read backwards, a B-tree has every direction turned: as good for the same queries. */
function startsWith(keys: readonly IndexKey[], prefix: readonly IndexKey[]): boolean {
  if (prefix.length > keys.length) return false;
  const matches = (turned: boolean) => prefix.every((key, at) => isSameKey(key, keys[at], turned));
  return matches(false) || matches(true);
}

function isSameKey(key: IndexKey, other: IndexKey | undefined, turned: boolean): boolean {
  return (
    other !== undefined &&
    key.text === other.text &&
    key.operatorClass === other.operatorClass &&
    (key.isDescending !== other.isDescending) === turned &&
    (key.nullsFirst !== other.nullsFirst) === turned
  );
}

function holdsIncluded(other: ExistingIndex, index: ExistingIndex): boolean {
  const held = new Set([...other.keys.map(({ text }) => text), ...other.included]);
  return index.included.every(column => held.has(column));
}

/** It is as it is for a reason that its keys do not tell. */
export const isPeculiar = (index: ExistingIndex): boolean => hasCollation(index) || hasOptions(index);

/** The keys do not tell it, the definition does; to compare two collations is not worth a wrong advice. */
const hasCollation = ({ definition }: ExistingIndex): boolean => /\bCOLLATE\b/.test(definition);

/** `WITH (…)`: somebody meant something by it. */
const hasOptions = ({ definition }: ExistingIndex): boolean => /\)\s+WITH\s*\(/.test(definition);
