/**
 * Existing indexes that a proposal will do the work of, once it is there.
 *
 * Shape   (existing indexes, proposals) -> findings
 */

import { isExtensionOf, plain } from '../candidates/existing.ts';
import { nameIndex } from '../migration/name-index.ts';
import type { IndexDefinition } from '../planner.ts';
import type { ExistingIndex } from '../snapshot.ts';
import { isPeculiar, isRemovable, type Redundant } from './redundant.ts';

export function findReplaced(
  existing: readonly ExistingIndex[],
  proposed: readonly IndexDefinition[],
): readonly Redundant[] {
  return existing
    .filter(index => isRemovable(index) && !isPeculiar(index))
    .flatMap(index => {
      const by = proposed.find(proposal => replaces(proposal, index));
      return by ? [{ index, by: asExisting(by, index), kind: 'prefix' as const, byProposal: true }] : [];
    });
}

const replaces = (proposal: IndexDefinition, index: ExistingIndex): boolean =>
  isExtensionOf(proposal, index) && hasSameNulls(proposal, index) && holdsIncluded(proposal, index);

function hasSameNulls({ keys }: IndexDefinition, index: ExistingIndex): boolean {
  return index.keys.every(({ nullsFirst }, at) => {
    const { isDescending = false, nulls } = keys[at] ?? {};
    return nullsFirst === (nulls === undefined ? isDescending : nulls === 'first');
  });
}

function holdsIncluded({ keys, included }: IndexDefinition, index: ExistingIndex): boolean {
  const held = new Set([...keys.map(({ column }) => column), ...included]);
  return index.included.every(column => held.has(plain(column)));
}

/** It is not there yet: of what it will be, its name is all that is told. */
const asExisting = (index: IndexDefinition, like: ExistingIndex): ExistingIndex => ({
  ...like,
  schema: index.table.schema,
  name: nameIndex(index),
});
