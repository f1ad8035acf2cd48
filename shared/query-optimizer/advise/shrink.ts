/**
 * Makes chosen indexes as small as they may be: leaves out included columns and last keys that no statement would clearly miss.
 *
 * Shape   (what-if, chosen) -> chosen
 * Cost    a few EXPLAINs for each chosen index
 */

import { indexIdOf } from '../index-sql.ts';
import type { IndexDefinition, IndexId } from '../planner.ts';
import { totalCost } from '../search/extend.ts';
import type { WhatIf } from '../search/what-if.ts';
import { totalBefore } from '../workload/open-workload.ts';
import { isWorth, LEAST_SAVED, netSaving, type Saving } from './worth.ts';

export async function shrink(
  whatIf: WhatIf,
  chosen: readonly IndexId[],
  writeCost: (id: IndexId) => number,
): Promise<readonly IndexId[]> {
  let current = chosen;
  for (const id of chosen) current = await shrinkOne(whatIf, { id, current }, writeCost);
  return current;
}

/** Of the workload as it is today: more than this is not given up for bytes that the budget has. */
const MISSED_SHARE = 0.001;

const isFelt = (savings: readonly Saving[]): boolean =>
  savings.some(({ without, with: after }) => without - after >= LEAST_SAVED);

interface Position {
  readonly id: IndexId;
  readonly current: readonly IndexId[];
}

async function shrinkOne(
  whatIf: WhatIf,
  { id, current }: Position,
  writeCost: (id: IndexId) => number,
): Promise<readonly IndexId[]> {
  const index = whatIf.definitionOf(id);
  for (const { smaller, isCoveringOnly } of smallerOnes(index)) {
    const [other] = await whatIf.propose([smaller]);
    if (other === undefined || whatIf.bytesOf(other) >= whatIf.bytesOf(id)) continue;
    const next = [...new Set(current.map(each => (each === id ? other : each)))];
    const savings = await savingsOf(whatIf, next, current);
    const before = totalBefore(whatIf.items);
    const total = await totalCost(whatIf, current, writeCost);
    const extraWrites = writeCost(id) - writeCost(other);
    const isMissed = isFelt(savings) && netSaving(savings, extraWrites) >= MISSED_SHARE * before;
    if (!isMissed && !isWorth(savings, { isCoveringOnly, total, writeCost: extraWrites }))
      return shrinkOne(whatIf, { id: other, current: next }, writeCost);
  }
  return current;
}

interface Smaller {
  readonly smaller: IndexDefinition;
  /** What is left out spares the way to the table, and finds nothing. */
  readonly isCoveringOnly: boolean;
}

function smallerOnes(index: IndexDefinition): readonly Smaller[] {
  const bare = { ...index, included: [] };
  const short = index.keys.length > 1 ? [{ ...index, keys: index.keys.slice(0, -1) }] : [];
  return [
    ...(index.included.length > 0 ? [{ smaller: bare, isCoveringOnly: true }] : []),
    ...short.map(smaller => ({ smaller, isCoveringOnly: false })),
  ].filter(({ smaller }) => indexIdOf(smaller) !== indexIdOf(index));
}

async function savingsOf(
  whatIf: WhatIf,
  smaller: readonly IndexId[],
  current: readonly IndexId[],
): Promise<readonly Saving[]> {
  const changed = new Set([
    ...smaller.filter(id => !current.includes(id)),
    ...current.filter(id => !smaller.includes(id)),
  ]);
  const savings: Saving[] = [];
  for (const item of whatIf.itemsOf(changed)) {
    const [without, after] = [await whatIf.estimate(item, smaller), await whatIf.estimate(item, current)];
    savings.push({ without: without.cost, with: after.cost, calls: whatIf.items[item]?.calls ?? 0 });
  }
  return savings;
}
