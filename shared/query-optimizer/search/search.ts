/**
 * Chooses indexes for a whole workload within a budget: the best of our search over known plans and of Extend, whatever the
 * time allowed.
 *
 * Plans are explored statement by statement; sets are chosen over what is known; what the planner says of a chosen set may be
 * better than was known, and then it is chosen again.
 *
 * Shape   (what-if, { candidates, singles }, options) -> { chosen, cost, isComplete }
 * Cost    bounded by the deadline; the answer is the best found until then
 */

import type { IndexDefinition, IndexId } from '../planner.ts';
import { chooseFromKnown } from './choose.ts';
import { explore } from './explore.ts';
import { extend, totalCost } from './extend.ts';
import { priceOut } from './price-out.ts';
import type { SearchOptions } from './search-options.ts';
import type { WhatIf } from './what-if.ts';

export interface SearchInput {
  readonly candidates: readonly IndexDefinition[];
  /** One for each column that the workload reads: what Extend begins with. */
  readonly singles: readonly IndexDefinition[];
}

export interface Found {
  readonly chosen: readonly IndexId[];
  /** Of the workload, by the planner, writes included. */
  readonly cost: number;
  readonly by: 'plans' | 'extend';
  /** False where time ended it. */
  readonly isComplete: boolean;
}

/** Of the time: exploring, and Extend, which the rest is for. */
const EXPLORING = 0.6;
const EXTENDING = 0.7;
const MOST_ROUNDS = 12;

export async function search(whatIf: WhatIf, input: SearchInput, options: SearchOptions): Promise<Found> {
  await whatIf.propose(input.candidates);
  await exploreAll(whatIf, options);
  const byPlans = await chooseByPlans(whatIf, [], options);
  options.onProgress(0.6, 'Extend, for comparison');
  const extending = options.deadline.part(EXTENDING);
  const byExtend = await extend(whatIf, input.singles, { ...options, deadline: extending });
  options.onProgress(0.9, 'improving');
  const both = await chooseByPlans(whatIf, [byExtend, byPlans], options);
  const rated = await rate(whatIf, { plans: [byPlans, both], extend: [byExtend] }, options);
  return { ...rated, isComplete: !options.deadline.isOver() };
}

/** What carries most comes first, should time end. */
async function exploreAll(
  whatIf: WhatIf,
  { budgetBytes, deadline, onProgress }: SearchOptions,
): Promise<void> {
  const weight = (item: number) => (whatIf.items[item]?.calls ?? 0) * (whatIf.items[item]?.before.cost ?? 0);
  const order = [...whatIf.items.keys()].sort((left, right) => weight(right) - weight(left));
  const exploring = deadline.part(EXPLORING);
  for (const [done, item] of order.entries()) {
    if (exploring.isOver()) return;
    onProgress((0.6 * done) / order.length, `plans of ${done + 1} of ${order.length} statements`);
    await explore(item, { whatIf, budgetBytes, deadline: exploring });
  }
}

async function chooseByPlans(
  whatIf: WhatIf,
  seeds: readonly (readonly IndexId[])[],
  options: SearchOptions,
): Promise<readonly IndexId[]> {
  let best: readonly IndexId[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const chosen = chooseFromKnown(whatIf, [...seeds, best], options);
    const cost = await totalCost(whatIf, chosen, options.writeCost);
    if (cost < least) [best, least] = [chosen, cost];
    const asked = whatIf.asked();
    await priceOut(whatIf, chosen, options);
    if (options.deadline.isOver() || asked === whatIf.asked()) return best;
  }
  return best;
}

type Sets = Readonly<Record<Found['by'], readonly (readonly IndexId[])[]>>;

async function rate(
  whatIf: WhatIf,
  sets: Sets,
  { writeCost }: SearchOptions,
): Promise<Omit<Found, 'isComplete'>> {
  let best: Omit<Found, 'isComplete'> = {
    chosen: [],
    cost: await totalCost(whatIf, [], writeCost),
    by: 'plans',
  };
  for (const by of ['plans', 'extend'] as const) {
    for (const chosen of sets[by]) {
      const cost = await totalCost(whatIf, chosen, writeCost);
      if (cost < best.cost) best = { chosen, cost, by };
    }
  }
  return best;
}
