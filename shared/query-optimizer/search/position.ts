/**
 * A set of indexes with what is known of it: what each item costs with it, and what each move would gain. Both are kept from one
 * set to the next that differs in a few indexes, and only what those concern is found anew.
 *
 * Shape   (model, set) -> Position; switched on or off in place; gains found when they are asked for
 * Cost    no call to the planner; of a switched index the moves of the items that it concerns
 */

import type { Model } from './model.ts';

export interface Position {
  readonly on: Uint8Array;
  /** By item. */
  readonly costs: number[];
  /** By move, not a number where something changed since it was found. */
  readonly gains: Float64Array;
}

export function openPosition(model: Model, on: Uint8Array): Position {
  return {
    on: on.slice(),
    costs: model.weights.map((_, item) => model.costOf(item, on)),
    gains: new Float64Array(model.moves.length).fill(Number.NaN),
  };
}

export function copyPosition({ on, costs, gains }: Position): Position {
  return { on: on.slice(), costs: costs.slice(), gains: gains.slice() };
}

export function switchOn(model: Model, position: Position, numbers: readonly number[]): void {
  const { on, costs } = position;
  for (const number of numbers) on[number] = 1;
  for (const [item, cost] of bettered(model, numbers, position)) costs[item] = cost;
  forgetGains(model, position, numbers);
}

export function switchOff(model: Model, position: Position, number: number): void {
  const { on, costs } = position;
  on[number] = 0;
  for (const item of itemsOf(model, number)) costs[item] = model.costOf(item, on);
  forgetGains(model, position, [number]);
}

/** What the workload would cost more, writes not counted. */
export function lossWithout(model: Model, { on, costs }: Position, number: number): number {
  let loss = 0;
  on[number] = 0;
  for (const item of itemsOf(model, number))
    loss += (model.weights[item] ?? 0) * (model.costOf(item, on) - (costs[item] ?? 0));
  on[number] = 1;
  return loss;
}

export function gainOf(model: Model, position: Position, move: number): number {
  const known = position.gains[move] ?? Number.NaN;
  if (!Number.isNaN(known)) return known;
  const { on, costs, gains } = position;
  const missing = (model.moves[move] ?? []).filter(number => on[number] !== 1);
  let gain = 0;
  for (const number of missing) {
    on[number] = 1;
    gain -= model.writes[number] ?? 0;
  }
  for (const [item, cost] of bettered(model, missing, position))
    gain += (model.weights[item] ?? 0) * ((costs[item] ?? 0) - cost);
  for (const number of missing) on[number] = 0;
  gains[move] = gain;
  return gain;
}

/** What items come to cost by indexes that were added: only a plan that needs one of those is new to them. */
function bettered(
  model: Model,
  added: readonly number[],
  { on, costs }: Position,
): ReadonlyMap<number, number> {
  const least = new Map<number, number>();
  for (const number of added) {
    for (const { item, cost, used } of model.plansWith[number] ?? []) {
      if (cost >= (least.get(item) ?? costs[item] ?? 0)) continue;
      if (used.every(each => on[each] === 1)) least.set(item, cost);
    }
  }
  return least;
}

function forgetGains(model: Model, { gains }: Position, switched: readonly number[]): void {
  const items = new Set(switched.flatMap(number => itemsOf(model, number)));
  for (const item of items) for (const move of model.movesOf[item] ?? []) gains[move] = Number.NaN;
}

const itemsOf = (model: Model, number: number): readonly number[] => model.itemsOf[number] ?? [];
