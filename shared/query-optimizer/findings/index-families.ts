/**
 * Which indexes go together: that of a partitioned table and those of its partitions, none of which can be dropped alone.
 *
 * Shape   indexes -> (index -> all of its family, itself among them)
 */

import type { ExistingIndex } from '../snapshot.ts';
import { nameOf } from '../sql/catalogue.ts';

export type FamilyOf = (index: ExistingIndex) => readonly ExistingIndex[];

export function familiesOf(indexes: readonly ExistingIndex[]): FamilyOf {
  const named = new Map(indexes.map(index => [nameOf(index), index]));
  const rootOf = (index: ExistingIndex): string => {
    const above = index.parent && named.get(nameOf(index.parent));
    return above ? rootOf(above) : nameOf(index);
  };
  const families = Map.groupBy(indexes, rootOf);
  return index => families.get(rootOf(index)) ?? [index];
}
