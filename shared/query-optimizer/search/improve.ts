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
import { copyPosition, gainOf, lossWithout, openPosition, type Position, switchOff } from './position.ts';

export interface ImproveOptions {
  readonly budgetBytes: number;
  readonly deadline: Deadline;
}

/** Below it two totals are the same but for rounding. */
const TINY = 1 - 1e-9;
const EXPONENTS = [1, 0.5];

export function improve(model: Model, start: Uint8Array, options: ImproveOptions): Uint8Array {
  let best = withoutUseless(model, openPosition(model, start));
  for (;;) {
    const next = betterNeighbour(model, best, options);
    if (!next) return best.on;
    best = next;
  }
}

function betterNeighbour(
  model: Model,
  best: Position,
  { budgetBytes, deadline }: ImproveOptions,
): Position | undefined {
  const total = model.total(best.on);
  findGains(model, best);
  for (const number of chosenOf(best)) {
    if (deadline.isOver()) return undefined;
    const start = copyPosition(best);
    switchOff(model, start, number);
    for (const exponent of EXPONENTS) {
      const filled = addGreedily(model, start, { budgetBytes, exponent, banned: number });
      const next = withoutUseless(
        model,
        addGreedily(model, withoutUseless(model, filled), { budgetBytes, exponent }),
      );
      if (model.total(next.on) < total * TINY) return next;
    }
  }
  return undefined;
}

/** Once for all neighbours, which have most of them. */
function findGains(model: Model, position: Position): void {
  for (const move of model.moves.keys()) gainOf(model, position, move);
}

const chosenOf = ({ on }: Position): readonly number[] => [...on.keys()].filter(number => on[number] === 1);

/** One after the other, the largest first: two that stand in for each other must not both go. */
function withoutUseless(model: Model, start: Position): Position {
  const position = copyPosition(start);
  for (const number of chosenOf(start).toSorted((a, b) => (model.bytes[b] ?? 0) - (model.bytes[a] ?? 0)))
    if (lossWithout(model, position, number) <= (model.writes[number] ?? 0))
      switchOff(model, position, number);
  return position;
}
