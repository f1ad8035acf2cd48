/**
 * What less would buy: the best choice for parts of the budget, by the plans that are known by now.
 *
 * Shape   (what-if, the search's options) -> [{ bytes, cost }]
 * Cost    in memory: nothing more is asked of the planner
 */

import type { IndexId } from '../planner.ts';
import { chooseFromKnown } from '../search/choose.ts';
import type { WhatIf } from '../search/what-if.ts';

export interface FrontierPoint {
  readonly bytes: number;
  readonly cost: number;
}

/** Of the budget. */
const SHARES = [0.1, 0.25, 0.5, 1];

export function frontierOf(
  whatIf: WhatIf,
  options: Parameters<typeof chooseFromKnown>[2],
): readonly FrontierPoint[] {
  return SHARES.map(share => {
    const budgetBytes = share * options.budgetBytes;
    const chosen = chooseFromKnown(whatIf, [], { ...options, budgetBytes });
    const bytes = chosen.reduce((sum, id) => sum + whatIf.bytesOf(id), 0);
    return { bytes, cost: knownCost(whatIf, new Set(chosen)) };
  });
}

function knownCost(whatIf: WhatIf, chosen: ReadonlySet<IndexId>): number {
  return whatIf.items.reduce((sum, { calls }, item) => {
    const possible = whatIf.plansOf(item).filter(({ used }) => used.every(id => chosen.has(id)));
    return sum + calls * Math.min(...possible.map(({ cost }) => cost));
  }, 0);
}
