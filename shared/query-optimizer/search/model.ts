/**
 * The known plans as numbers: what a set of indexes costs the workload at most, without asking anybody.
 *
 * A statement costs no more than the cheapest known plan whose indexes are all there. So the search can try millions of sets,
 * and the planner is asked about the few that look best.
 *
 * Shape   known plans -> Model; a set is one byte an index
 */

import type { IndexId } from '../planner.ts';
import type { WhatIf } from './what-if.ts';

export interface Model {
  readonly ids: readonly IndexId[];
  /** That each may take of the budget. */
  readonly bytes: readonly number[];
  /** What an index costs besides its bytes' place in the budget: writes, above all. */
  readonly writes: readonly number[];
  /** Sets that some plan uses: what a step of the search adds. */
  readonly moves: readonly (readonly number[])[];
  /** For each index the items that it may change. */
  readonly itemsOf: readonly (readonly number[])[];
  /** For each index the plans that need it: all that adding it can bring. */
  readonly plansWith: readonly (readonly ItemPlan[])[];
  /** For each item the moves, by their numbers, that may change what it costs. */
  readonly movesOf: readonly (readonly number[])[];
  costOf(item: number, on: Uint8Array): number;
  /** Weighted by calls, writes included. */
  total(on: Uint8Array): number;
  readonly weights: readonly number[];
}

export type WriteCost = (id: IndexId) => number;

interface NumberedPlan {
  readonly cost: number;
  readonly used: readonly number[];
}

export interface ItemPlan extends NumberedPlan {
  readonly item: number;
}

/** Plans that use what is out are as good as unknown. */
export function createModel(
  whatIf: WhatIf,
  writeCost: WriteCost,
  out: ReadonlySet<IndexId> = new Set(),
): Model {
  const known = whatIf.items.map((_, item) =>
    whatIf.plansOf(item).filter(({ used }) => !used.some(id => out.has(id))),
  );
  const ids = [...new Set(known.flatMap(plans => plans.flatMap(({ used }) => used)))];
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const plans = known.map(ofItem =>
    undominated(ofItem.map(({ cost, used }) => ({ cost, used: used.map(id => numbers.get(id) ?? -1) }))),
  );
  const weights = whatIf.items.map(({ calls }) => calls);
  const moves = distinctMoves(plans.flat());
  const plansWith = plansByIndex(plans, ids.length);
  const writes = ids.map(writeCost);

  const costOf = (item: number, on: Uint8Array): number => {
    for (const { cost, used } of plans[item] ?? []) if (used.every(number => on[number] === 1)) return cost;
    return 0;
  };
  return {
    ids,
    bytes: ids.map(whatIf.roomOf),
    writes,
    moves,
    itemsOf: plansWith.map(ofIndex => [...new Set(ofIndex.map(({ item }) => item))]),
    plansWith,
    movesOf: movesByItem(moves, plansWith, plans.length),
    costOf,
    total(on) {
      let sum = 0;
      for (let item = 0; item < weights.length; item++) sum += (weights[item] ?? 0) * costOf(item, on);
      for (let number = 0; number < ids.length; number++) if (on[number] === 1) sum += writes[number] ?? 0;
      return sum;
    },
    weights,
  };
}

/** Cheapest first; what needs more indexes for no less is never taken. */
function undominated(plans: readonly NumberedPlan[]): readonly NumberedPlan[] {
  const sorted = plans.toSorted(
    (left, right) => left.cost - right.cost || left.used.length - right.used.length,
  );
  const kept: NumberedPlan[] = [];
  for (const plan of sorted) {
    if (!kept.some(({ used }) => used.every(number => plan.used.includes(number)))) kept.push(plan);
  }
  return kept;
}

function distinctMoves(plans: readonly NumberedPlan[]): readonly (readonly number[])[] {
  const moves = new Map(plans.map(({ used }) => [used.toSorted((a, b) => a - b).join(), used]));
  return [...moves.values()].filter(used => used.length > 0);
}

function plansByIndex(
  plans: readonly (readonly NumberedPlan[])[],
  count: number,
): readonly (readonly ItemPlan[])[] {
  const byIndex = Array.from({ length: count }, (): ItemPlan[] => []);
  for (const [item, ofItem] of plans.entries())
    for (const plan of ofItem) for (const number of plan.used) byIndex[number]?.push({ ...plan, item });
  return byIndex;
}

function movesByItem(
  moves: Model['moves'],
  plansWith: Model['plansWith'],
  count: number,
): readonly (readonly number[])[] {
  const byItem = Array.from({ length: count }, (): number[] => []);
  for (const [move, numbers] of moves.entries()) {
    const items = numbers.flatMap(number => (plansWith[number] ?? []).map(({ item }) => item));
    for (const item of new Set(items)) byItem[item]?.push(move);
  }
  return byItem;
}
