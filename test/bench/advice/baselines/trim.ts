/**
 * Keeps of a list of indexes what fits the budget, best benefit for each byte first: what a careful person would do with the
 * answer of an advisor that knows no budget.
 *
 * Shape   indexes -> those that fit
 */

import { indexIdOf } from '../../../../shared/query-optimizer/index-sql.ts';
import type { IndexDefinition } from '../../../../shared/query-optimizer/planner.ts';
import type { Snapshot } from '../../../../shared/query-optimizer/snapshot.ts';
import type { Costs } from './costs.ts';

export interface Trimming {
  readonly costs: Costs;
  readonly snapshot: Snapshot;
  readonly budgetBytes: number;
}

export async function trimToBudget(
  indexes: readonly IndexDefinition[],
  { costs, snapshot, budgetBytes }: Trimming,
): Promise<readonly IndexDefinition[]> {
  const benefits = await benefitsOf(await costs.takenOf(indexes), costs, snapshot);
  const sized: { index: IndexDefinition; bytes: number }[] = [];
  for (const index of await costs.takenOf(indexes))
    sized.push({ index, bytes: await costs.bytesOf([index]) });
  const worth = ({ index, bytes }: (typeof sized)[number]) => (benefits.get(indexIdOf(index)) ?? 0) / bytes;
  const kept: IndexDefinition[] = [];
  let left = budgetBytes;
  for (const entry of sized.toSorted((a, b) => worth(b) - worth(a))) {
    if (entry.bytes > left || worth(entry) <= 0) continue;
    kept.push(entry.index);
    left -= entry.bytes;
  }
  return kept;
}

/** What a statement gains is shared by the indexes that its plan uses. */
async function benefitsOf(indexes: readonly IndexDefinition[], costs: Costs, snapshot: Snapshot) {
  const benefits = new Map<string, number>();
  for (const statement of snapshot.workload) {
    const before = await costs.estimate(statement, []);
    const after = await costs.estimate(statement, indexes);
    const share = (statement.calls * (before.cost - after.cost)) / Math.max(1, after.used.length);
    for (const id of after.used) benefits.set(id, (benefits.get(id) ?? 0) + share);
  }
  return benefits;
}
