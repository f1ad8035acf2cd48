/**
 * Adds to a set of indexes what gains most for its bytes, until nothing more fits or gains.
 *
 * What is added is all that a plan lacks: two indexes that are of use only together are seen together.
 *
 * Shape   (model, position, { budget, exponent }) -> a position of its own
 * Cost    no call to the planner; each step looks at every set that some plan uses
 */

import type { Model } from './model.ts';
import { copyPosition, gainOf, type Position, switchOn } from './position.ts';

export interface GreedyOptions {
  readonly budgetBytes: number;
  /** How much bytes count: 1 is gain by byte, 0 is gain alone. */
  readonly exponent: number;
  /** Taken out of the game. */
  readonly banned?: number | undefined;
}

export function addGreedily(model: Model, start: Position, options: GreedyOptions): Position {
  const position = copyPosition(start);
  for (;;) {
    const best = bestMove(model, position, options);
    if (!best) return position;
    switchOn(model, position, best);
  }
}

/** What it lacks. */
function bestMove(
  model: Model,
  position: Position,
  { budgetBytes, exponent, banned }: GreedyOptions,
): readonly number[] | undefined {
  const left = budgetBytes - bytesOf(model, position.on);
  let [best, most]: [readonly number[] | undefined, number] = [undefined, 0];
  for (let at = 0; at < model.moves.length; at++) {
    const move = model.moves[at] as readonly number[];
    const bytes = missingBytes(model, move, position.on);
    if (bytes === undefined || bytes > left) continue;
    if (banned !== undefined && move.includes(banned)) continue;
    const score = gainOf(model, position, at) / Math.max(1, bytes) ** exponent;
    if (score > most) [best, most] = [move, score];
  }
  return best?.filter(number => position.on[number] !== 1);
}

/** Undefined where nothing is missing. */
function missingBytes({ bytes }: Model, move: readonly number[], on: Uint8Array): number | undefined {
  let [sum, count] = [0, 0];
  for (const number of move) {
    if (on[number] === 1) continue;
    sum += bytes[number] ?? 0;
    count += 1;
  }
  return count > 0 ? sum : undefined;
}

export function bytesOf(model: Model, on: Uint8Array): number {
  let bytes = 0;
  for (let number = 0; number < on.length; number++) if (on[number] === 1) bytes += model.bytes[number] ?? 0;
  return bytes;
}
