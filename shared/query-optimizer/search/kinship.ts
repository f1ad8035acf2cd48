/**
 * Which relations an index matters to besides its own: an index of a partitioned table is one of each partition too, and whoever
 * reads a table reads all that inherits from it.
 *
 * Shape   relations -> (the index's table, the relation that is read) -> boolean
 */

import type { Relation, RelationName } from '../snapshot.ts';
import { nameOf } from '../sql/catalogue.ts';

export type Reaches = (table: RelationName, read: RelationName) => boolean;

export function createReaches(relations: readonly Relation[]): Reaches {
  const known = new Map(relations.map(relation => [nameOf(relation), relation]));
  const lines = new Map<string, Line>();
  const lineOf = (name: string): Line => {
    const found = lines.get(name) ?? line(known.get(name), known);
    lines.set(name, found);
    return found;
  };
  return (table, read) => {
    const [own, other] = [nameOf(table), nameOf(read)];
    return own === other || lineOf(own).ancestors.has(other) || lineOf(other).wholes.has(own);
  };
}

interface Line {
  /** All that it inherits from, or is a part of. */
  readonly ancestors: ReadonlySet<string>;
  /** All that it is a partition of. */
  readonly wholes: ReadonlySet<string>;
}

function line(start: Relation | undefined, known: ReadonlyMap<string, Relation>): Line {
  const [ancestors, wholes] = [new Set<string>(), new Set<string>()];
  const waiting = start ? [start] : [];
  for (const relation of waiting) {
    for (const parent of relation.parents.map(nameOf)) {
      if (relation.partition) wholes.add(parent);
      if (ancestors.has(parent)) continue;
      ancestors.add(parent);
      const above = known.get(parent);
      if (above) waiting.push(above);
    }
  }
  return { ancestors, wholes };
}
