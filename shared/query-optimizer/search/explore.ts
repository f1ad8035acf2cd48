/**
 * Finds out which plans a statement could have: the best with everything, then without what that used, then with only what
 * is small, and of each plan of several indexes what each alone is worth.
 *
 * Shape   (what-if, item) -> the what-if knows the item's plans
 * Cost    some fifty EXPLAINs a statement; ends when the deadline does
 */

import type { IndexId } from '../planner.ts';
import type { Deadline } from './deadline.ts';
import type { KnownPlan, WhatIf } from './what-if.ts';

/** Rounds of taking away what the last plan used. */
const MOST_PEELS = 5;
/** Shares of the budget that an index may have, from all of it to a sliver. */
const SIZES = [1, 0.4, 0.15, 0.05, 0.015];
/** A plan this near to the one without indexes is none worth having. */
const NO_GAIN = 0.995;

export interface Exploration {
  readonly whatIf: WhatIf;
  readonly budgetBytes: number;
  readonly deadline: Deadline;
}

export async function explore(item: number, { whatIf, budgetBytes, deadline }: Exploration): Promise<void> {
  const all = whatIf.relevantTo(item);
  for (const share of SIZES) {
    const affordable = all.filter(id => whatIf.roomOf(id) <= share * budgetBytes);
    if (deadline.isOver() || affordable.length === 0) return;
    for (const plan of await peel(item, affordable, { whatIf, budgetBytes, deadline }))
      await takeApart(item, plan, { whatIf, budgetBytes, deadline });
  }
}

async function peel(
  item: number,
  indexes: readonly IndexId[],
  { whatIf, deadline }: Exploration,
): Promise<readonly KnownPlan[]> {
  const without = whatIf.items[item]?.before.cost ?? 0;
  const plans: KnownPlan[] = [];
  let left = indexes;
  while (plans.length < MOST_PEELS && !deadline.isOver()) {
    const plan = await whatIf.estimate(item, left);
    if (plan.used.length === 0 || plan.cost > without * NO_GAIN) break;
    plans.push(plan);
    left = left.filter(id => !plan.used.includes(id));
  }
  return plans;
}

/** Each index alone, and the plan without each. */
async function takeApart(
  item: number,
  { used }: KnownPlan,
  { whatIf, deadline }: Exploration,
): Promise<void> {
  if (used.length < 2) return;
  for (const id of used) {
    if (deadline.isOver()) return;
    await whatIf.estimate(item, [id]);
    if (used.length > 2)
      await whatIf.estimate(
        item,
        used.filter(other => other !== id),
      );
  }
}
