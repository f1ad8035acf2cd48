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

import type { Candidates } from '../candidates/candidates.ts';
import type { IndexDefinition, IndexId } from '../planner.ts';
import { chooseFromKnown } from './choose.ts';
import { explore } from './explore.ts';
import { extend, totalCost } from './extend.ts';
import { priceOut } from './price-out.ts';
import type { SearchOptions } from './search-options.ts';
import type { WhatIf } from './what-if.ts';

export interface SearchInput {
  readonly candidates: Candidates;
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

/** Of the time that is left: exploring, choosing a first time, and Extend, which most of the rest is for. */
const EXPLORING = 0.6;
const CHOOSING = 0.3;
const EXTENDING = 0.7;
const MOST_ROUNDS = 12;

export async function search(whatIf: WhatIf, input: SearchInput, options: SearchOptions): Promise<Found> {
  await exploreAll(whatIf, input.candidates, options);
  const first = { ...options, deadline: options.deadline.part(CHOOSING) };
  const byPlans = await chooseByPlans(whatIf, [], first);
  options.onProgress(0.6, 'Extend, for comparison');
  const extending = options.deadline.part(EXTENDING);
  const byExtend = await extend(whatIf, input.singles, { ...options, deadline: extending });
  options.onProgress(0.9, 'improving');
  const both = await chooseByPlans(whatIf, [byExtend, byPlans], options);
  const rated = await rate(whatIf, { plans: [byPlans, both], extend: [byExtend] }, options);
  return { ...rated, isComplete: !options.deadline.isOver() };
}

/** What carries most comes first, should time end: its candidates too, since a planner may take milliseconds for each. */
async function exploreAll(whatIf: WhatIf, candidates: Candidates, options: SearchOptions): Promise<void> {
  const weight = (item: number) => (whatIf.items[item]?.calls ?? 0) * (whatIf.items[item]?.before.cost ?? 0);
  const order = [...whatIf.items.keys()].sort((left, right) => weight(right) - weight(left));
  const deadline = options.deadline.part(EXPLORING);
  for (let start = 0; start < order.length && !deadline.isOver(); start += BATCH) {
    const batch = order.slice(start, start + BATCH);
    options.onProgress((EXPLORING * start) / order.length, `plans of ${start} of ${order.length} statements`);
    await whatIf.propose(definitionsOf(batch, candidates));
    for (const item of batch) await explore(item, { whatIf, budgetBytes: options.budgetBytes, deadline });
  }
}

/** So many statements' candidates are proposed at once: dearest is a proposal's beginning. */
const BATCH = 12;

function definitionsOf(
  items: readonly number[],
  { definitions, byStatement }: Candidates,
): readonly IndexDefinition[] {
  const ids = new Set(items.flatMap(item => byStatement[item] ?? []));
  return [...ids].flatMap(id => definitions.get(id) ?? []);
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
