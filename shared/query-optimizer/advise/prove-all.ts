/**
 * What every statement costs with what was chosen, those that the search left out too: they may gain, and must not lose. An index
 * that makes one of them worse is taken out, and the rest proven again.
 *
 * Shape   (items, worths, deps) -> { worths, after }
 * Cost    an EXPLAIN for each statement that an index concerns, all of them again after each index that goes
 */

import type { IndexDefinition, IndexId, Planner } from '../planner.ts';
import { createWhatIf, type KnownPlan, type WorkItem } from '../search/what-if.ts';
import type { Relation } from '../snapshot.ts';
import { WORSE_RATIO, type Worth } from './trim.ts';

export interface ProveAllDeps {
  readonly planner: Planner;
  readonly relations: readonly Relation[];
  readonly definitionOf: (id: IndexId) => IndexDefinition;
  readonly trim: (chosen: readonly IndexId[]) => Promise<readonly Worth[]>;
}

export interface Proven {
  readonly worths: readonly Worth[];
  /** Of every item, with what was chosen. */
  readonly after: readonly KnownPlan[];
}

export async function proveAll(
  items: readonly WorkItem[],
  start: readonly Worth[],
  { planner, relations, definitionOf, trim }: ProveAllDeps,
): Promise<Proven> {
  const whatIf = createWhatIf(planner, items, relations);
  await whatIf.propose(start.map(({ id }) => definitionOf(id)));
  let worths = start;
  for (;;) {
    const chosen = worths.map(({ id }) => id);
    const after: KnownPlan[] = [];
    for (const item of items.keys()) after.push(await whatIf.estimate(item, chosen));
    const culprit = culpritOf(items, after);
    if (culprit === undefined) return { worths, after };
    worths = await trim(chosen.filter(id => id !== culprit));
  }
}

/** Of a statement that got worse, an index that its plan uses. */
function culpritOf(items: readonly WorkItem[], after: readonly KnownPlan[]): IndexId | undefined {
  const worse = items.findIndex(
    ({ before }, at) => (after[at]?.cost ?? 0) > before.cost * WORSE_RATIO && after[at]?.used.length !== 0,
  );
  return after[worse]?.used[0];
}
