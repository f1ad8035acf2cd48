/**
 * Adds to a set of indexes what gains most for its bytes, until nothing more fits or gains.
 *
 * What is added is all that a plan lacks: two indexes that are of use only together are seen together.
 *
 * Shape   (model, set, { budget, exponent }) -> set
 * Cost    no call to the planner; each step looks at every known plan
 */

import type { Model } from './model.ts';

export interface GreedyOptions {
  readonly budgetBytes: number;
  /** How much bytes count: 1 is gain by byte, 0 is gain alone. */
  readonly exponent: number;
  /** Taken out of the game. */
  readonly banned?: number | undefined;
}

export function addGreedily(model: Model, start: Uint8Array, options: GreedyOptions): Uint8Array {
  const on = start.slice();
  const costs = model.weights.map((_, item) => model.costOf(item, on));
  let left = options.budgetBytes - bytesOf(model, on);
  for (;;) {
    const best = bestMove(model, { on, costs, left }, options);
    if (!best) return on;
    for (const number of best) on[number] = 1;
    left = options.budgetBytes - bytesOf(model, on);
    for (const item of itemsOf(model, best)) costs[item] = model.costOf(item, on);
  }
}

interface State {
  readonly on: Uint8Array;
  readonly costs: readonly number[];
  readonly left: number;
}

function bestMove(
  model: Model,
  state: State,
  { exponent, banned }: GreedyOptions,
): readonly number[] | undefined {
  let [best, most]: [readonly number[] | undefined, number] = [undefined, 0];
  for (const move of model.moves) {
    if (banned !== undefined && move.includes(banned)) continue;
    const missing = move.filter(number => state.on[number] !== 1);
    if (missing.length === 0) continue;
    const bytes = missing.reduce((sum, number) => sum + (model.bytes[number] ?? 0), 0);
    if (bytes > state.left) continue;
    const score = gainOf(model, missing, state) / Math.max(1, bytes) ** exponent;
    if (score > most) [best, most] = [missing, score];
  }
  return best;
}

function gainOf(model: Model, missing: readonly number[], { on, costs }: State): number {
  let gain = 0;
  for (const number of missing) {
    on[number] = 1;
    gain -= model.writes[number] ?? 0;
  }
  for (const item of itemsOf(model, missing))
    gain += (model.weights[item] ?? 0) * ((costs[item] ?? 0) - model.costOf(item, on));
  for (const number of missing) on[number] = 0;
  return gain;
}

function itemsOf(model: Model, numbers: readonly number[]): readonly number[] {
  const [only] = numbers;
  if (numbers.length === 1 && only !== undefined) return model.itemsOf[only] ?? [];
  return [...new Set(numbers.flatMap(number => model.itemsOf[number] ?? []))];
}

export function bytesOf(model: Model, on: Uint8Array): number {
  let bytes = 0;
  for (let number = 0; number < on.length; number++) if (on[number] === 1) bytes += model.bytes[number] ?? 0;
  return bytes;
}
