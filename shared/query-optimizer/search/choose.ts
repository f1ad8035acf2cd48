/**
 * Chooses the best set over all known plans: from several beginnings, several ways, each bettered by exchanges.
 *
 * Shape   (what-if, sets to begin with, options) -> ids
 * Cost    no call to the planner
 */

import type { IndexId } from '../planner.ts';
import type { Deadline } from './deadline.ts';
import { addGreedily, bytesOf } from './greedy.ts';
import { improve } from './improve.ts';
import { createModel, type Model, type WriteCost } from './model.ts';
import { openPosition } from './position.ts';
import type { WhatIf } from './what-if.ts';

export interface ChooseOptions {
  readonly budgetBytes: number;
  readonly deadline: Deadline;
  readonly writeCost: WriteCost;
  /** Not to be chosen. @default none */
  readonly out?: ReadonlySet<IndexId>;
}

/** As a share of the workload: of two sets of the same worth the smaller is chosen, and no more than that. */
const WHOLE_BUDGET_PRICE = 0.0005;

/** Gain by byte suits small budgets, gain alone large ones. */
const EXPONENTS = [1, 0.7, 0.4, 0];

export function chooseFromKnown(
  whatIf: WhatIf,
  seeds: readonly (readonly IndexId[])[],
  options: ChooseOptions,
): readonly IndexId[] {
  const { budgetBytes } = options;
  const before = whatIf.items.reduce((sum, { calls, before: { cost } }) => sum + calls * cost, 0);
  const priceOf = (id: IndexId) =>
    (WHOLE_BUDGET_PRICE * before * whatIf.bytesOf(id)) / Math.max(1, budgetBytes);
  const model = createModel(whatIf, id => options.writeCost(id) + priceOf(id), options.out);
  const starts = [[], ...seeds]
    .map(seed => asSet(model, seed))
    .filter(on => bytesOf(model, on) <= budgetBytes)
    .map(on => openPosition(model, on));
  const begun = new Set<string>();
  let best = asSet(model, []);
  for (const start of starts) {
    for (const exponent of EXPONENTS) {
      const filled = addGreedily(model, start, { budgetBytes, exponent });
      if (begun.has(filled.on.join())) continue;
      begun.add(filled.on.join());
      const better = improve(model, filled.on, options);
      if (model.total(better) < model.total(best)) best = better;
    }
  }
  return model.ids.filter((_, number) => best[number] === 1);
}

function asSet(model: Model, seed: readonly IndexId[]): Uint8Array {
  const wanted = new Set(seed);
  return Uint8Array.from(model.ids, id => (wanted.has(id) ? 1 : 0));
}
