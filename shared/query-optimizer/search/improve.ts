/**
 * Betters a set of indexes by exchanges: takes out what later choices made useless, then each index in turn against whatever
 * the freed bytes buy.
 *
 * Shape   (model, set, { budget, deadline }) -> set, never a worse one
 * Cost    no call to the planner
 */

import type { Deadline } from './deadline.ts';
import { addGreedily } from './greedy.ts';
import type { Model } from './model.ts';

export interface ImproveOptions {
  readonly budgetBytes: number;
  readonly deadline: Deadline;
}

/** Below it two totals are the same but for rounding. */
const TINY = 1 - 1e-9;
const EXPONENTS = [1, 0.5];

export function improve(model: Model, start: Uint8Array, options: ImproveOptions): Uint8Array {
  let best = withoutUseless(model, start);
  for (;;) {
    const next = betterNeighbour(model, best, options);
    if (!next) return best;
    best = next;
  }
}

function betterNeighbour(
  model: Model,
  best: Uint8Array,
  { budgetBytes, deadline }: ImproveOptions,
): Uint8Array | undefined {
  const total = model.total(best);
  for (let number = 0; number < best.length; number++) {
    if (best[number] !== 1) continue;
    if (deadline.isOver()) return undefined;
    const start = best.slice();
    start[number] = 0;
    for (const exponent of EXPONENTS) {
      const filled = addGreedily(model, start, { budgetBytes, exponent, banned: number });
      const next = withoutUseless(
        model,
        addGreedily(model, withoutUseless(model, filled), { budgetBytes, exponent }),
      );
      if (model.total(next) < total * TINY) return next;
    }
  }
  return undefined;
}

/** One after the other, the largest first: two that stand in for each other must not both go. */
export function withoutUseless(model: Model, start: Uint8Array): Uint8Array {
  const on = start.slice();
  const chosen = [...on.keys()].filter(number => on[number] === 1);
  let total = model.total(on);
  for (const number of chosen.toSorted((a, b) => (model.bytes[b] ?? 0) - (model.bytes[a] ?? 0))) {
    on[number] = 0;
    const without = model.total(on);
    if (without <= total) total = without;
    else on[number] = 1;
  }
  return on;
}
