/**
 * Asks of each statement whether anything that the budget still allows would make it cheaper than the chosen set does: what
 * comes up is a new known plan, and may be chosen next.
 *
 * Shape   (what-if, chosen, options) -> the what-if knows more
 * Cost    one EXPLAIN a statement, and a few for each plan that is new
 */

import type { IndexId } from '../planner.ts';
import type { SearchOptions } from './search-options.ts';
import type { WhatIf } from './what-if.ts';

export async function priceOut(
  whatIf: WhatIf,
  chosen: readonly IndexId[],
  { budgetBytes, deadline }: SearchOptions,
): Promise<void> {
  const left = budgetBytes - whatIf.sizeOf(chosen);
  const isChosen = new Set(chosen);
  for (const item of whatIf.items.keys()) {
    if (deadline.isOver()) return;
    const affordable = whatIf.relevantTo(item).filter(id => isChosen.has(id) || whatIf.roomOf(id) <= left);
    const { used } = await whatIf.estimate(item, affordable);
    const added = used.filter(id => !isChosen.has(id));
    if (added.length < 2) continue;
    for (const id of added) await whatIf.estimate(item, [...chosen, id]);
  }
}
