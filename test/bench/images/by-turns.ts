/**
 * Asks two contenders for the same pictures by turns, and compares what their processes used.
 *
 * Shape   two askers, rounds -> CPU of the first as a share of the second's: the median over the rounds
 * Units   milliseconds of processor time a picture
 */

import { median } from '../edge/rounds.ts';
import type { Contender } from './contender.ts';

export interface Asker {
  readonly contender: Contender;
  /** The number grows with each picture, for who must not be asked the same twice. */
  ask(number: number): Promise<Uint8Array>;
}

export interface Compared {
  readonly ratio: number;
  readonly ms: readonly [one: number, other: number];
}

export interface Turns {
  readonly rounds: number;
  readonly requests: number;
}

export async function compareByTurns(
  one: Asker,
  other: Asker,
  { rounds, requests }: Turns,
): Promise<Compared> {
  const [ones, others]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    const from = round * requests;
    const used = [await usedBy(one, from, requests), await usedBy(other, from, requests)];
    // The first round is for the compilers.
    if (round === 0) continue;
    ones.push(used[0] ?? 0);
    others.push(used[1] ?? 0);
  }
  const ratio = median(ones.map((ms, round) => ms / (others[round] ?? Number.NaN)));
  return { ratio, ms: [median(ones), median(others)] };
}

async function usedBy({ contender, ask }: Asker, from: number, requests: number): Promise<number> {
  const before = contender.cpuUs();
  for (let at = 0; at < requests; at++) await ask(from + at);
  return (contender.cpuUs() - before) / requests / 1000;
}
