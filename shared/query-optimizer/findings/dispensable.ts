/**
 * Which existing indexes a database can do without: those that nobody reads, then of the rest those that another one, there or
 * proposed, does the work of. Each is told once, and nothing that is to go stands in for another.
 *
 * Shape   (Snapshot, what the planner advised, if one could be asked) -> { unused, redundant }
 * Cost    that of the proofs (prove-redundant.ts)
 */

import type { Advice } from '../advise/advise.ts';
import type { Planner } from '../planner.ts';
import type { Snapshot } from '../snapshot.ts';
import { familiesOf } from './index-families.ts';
import { proveRedundant } from './prove-redundant.ts';
import { findRedundant, type Redundant } from './redundant.ts';
import { findReplaced } from './replaced.ts';
import { findUnused, type Unused } from './unused.ts';

export interface Advised {
  readonly advice: Advice;
  readonly planner: Planner;
}

export interface Dispensable {
  readonly unused: Unused;
  readonly redundant: readonly Redundant[];
}

export async function findDispensable(
  snapshot: Snapshot,
  advised: Advised | undefined,
): Promise<Dispensable> {
  const { items = [], chosen = [] } = advised?.advice ?? {};
  const unused = findUnused(snapshot, new Set(items.flatMap(({ before }) => before.usedExisting)));
  const gone = new Set(unused.kind === 'known' ? unused.indexes : []);
  const kept = snapshot.indexes.filter(index => !gone.has(index));
  const redundant = findRedundant(kept);
  for (const { index } of redundant) gone.add(index);
  const replaced = findReplaced(
    kept.filter(index => !gone.has(index)),
    chosen.map(({ definition }) => definition),
  );
  const found = [...redundant, ...replaced];
  if (!advised) return { unused, redundant: found };
  const proof = {
    items,
    planner: advised.planner,
    familyOf: familiesOf(snapshot.indexes),
    proposed: chosen.map(({ id }) => id),
  };
  return { unused, redundant: await proveRedundant(found, proof) };
}
