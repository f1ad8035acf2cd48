/**
 * B-trees for one access: each sequence of keys alone, and the principal ones with all that the statement reads beside.
 *
 * Shape   Access -> definitions, most promising first
 */

import type { DefinedKey, IndexDefinition } from '../planner.ts';
import type { Access, Key, SortKey } from '../sql/access.ts';
import { columnOf, type FactsDeps, isBytewise, isNarrow } from './column-facts.ts';
import { isSameKey, type KeySets, keySetsOf } from './key-sets.ts';
import { pairedSequences, principalSequences } from './sequences.ts';

/** A relation read with more columns than this is not worth a copy. */
const MOST_INCLUDED = 8;

export function btreeCandidates(access: Access, deps: FactsDeps): readonly IndexDefinition[] {
  return keySetsOf(access, deps).flatMap(sets => {
    const principal = principalSequences(sets, access).map(keys => btree(keys, { access, sets, deps }));
    const paired = pairedSequences(sets).map(keys => btree(keys, { access, sets, deps }));
    return [...principal, ...principal.flatMap(index => covering(index, access, deps)), ...paired].filter(
      index => isNarrow(access.relation, columnsOf(index), deps),
    );
  });
}

interface BtreeDeps {
  readonly access: Access;
  readonly sets: KeySets;
  readonly deps: FactsDeps;
}

function btree(keys: readonly Key[], { access, sets, deps }: BtreeDeps): IndexDefinition {
  const { schema, name } = access.relation;
  return {
    table: { schema, name },
    method: 'btree',
    keys: sortedLike(
      access.order,
      keys.map(key => definedKey(key, { access, sets, deps })),
    ),
    included: [],
    predicate: undefined,
  };
}

function definedKey(key: Key, { access, sets, deps }: BtreeDeps): DefinedKey {
  const needsPattern =
    sets.prefixed.some(prefixed => isSameKey(prefixed, key)) && !isBytewise(access.relation, key, deps);
  const isPadded = columnOf(access.relation, key.column)?.type.startsWith('character(') === true;
  const patternClass = isPadded ? 'bpchar_pattern_ops' : 'text_pattern_ops';
  return {
    column: key.column,
    expression: key.expression,
    operatorClass: needsPattern ? patternClass : undefined,
    isDescending: false,
  };
}

/** An index can be read backwards as a whole, so only a mixed order needs directions of its own. */
function sortedLike(order: readonly SortKey[], keys: readonly DefinedKey[]): readonly DefinedKey[] {
  const [first] = order;
  if (!first || order.every(sort => sort.isDescending === first.isDescending && isUsual(sort))) return keys;
  return keys.map(key => {
    const sort = order.find(other => isSameKey(other.key, key as Key));
    if (!sort) return key;
    const nulls = isUsual(sort) ? undefined : sort.nullsFirst ? 'first' : 'last';
    return { ...key, isDescending: sort.isDescending, ...(nulls && { nulls }) };
  });
}

const isUsual = ({ isDescending, nullsFirst }: SortKey): boolean => isDescending === nullsFirst;

/** With everything else that the statement reads of the relation, so that the table itself need not be read. */
export function covering(
  index: IndexDefinition,
  access: Access,
  deps: FactsDeps,
): readonly IndexDefinition[] {
  const keyColumns = new Set(index.keys.map(({ column }) => column));
  const included = access.columns.filter(column => !keyColumns.has(column));
  if (included.length === 0 || included.length > MOST_INCLUDED || isWhole(access)) return [];
  return isNarrow(access.relation, included, deps) ? [{ ...index, included: included.toSorted() }] : [];
}

/** An index of every column is the table a second time; of a table of few it may be what is wanted. */
function isWhole({ columns, relation }: Access): boolean {
  return columns.length === relation.columns.length && columns.length > FEW_COLUMNS;
}

const FEW_COLUMNS = 3;

export function columnsOf(index: IndexDefinition): readonly string[] {
  return [...index.keys.flatMap(({ column }) => (column === undefined ? [] : [column])), ...index.included];
}
