/**
 * Popularity as the web has it: the item of rank r is asked for in proportion to 1 / r^s.
 *
 * Shape   (count, s) -> (chance) -> rank, from 0
 * Cost    a search by halves
 * Source  Breslau et al., Web Caching and Zipf-like Distributions (1999): s from 0.64 to 0.98 in proxies' logs
 */

import type { Chance } from './chance.ts';

export type DrawRank = (chance: Chance) => number;

export function createZipf(count: number, exponent: number): DrawRank {
  const weights = Array.from({ length: count }, (_, rank) => (rank + 1) ** -exponent);
  let sum = 0;
  const upTo = weights.map(weight => {
    sum += weight;
    return sum;
  });
  return chance => firstAbove(upTo, chance() * sum);
}

function firstAbove(ascending: readonly number[], wanted: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
