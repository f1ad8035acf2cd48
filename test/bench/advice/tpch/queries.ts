/**
 * The 22 query patterns of TPC-H with parameters drawn from a seed.
 *
 * Shape   scale factor, seed -> statements '1' … '22'
 * Source  TPC Benchmark H, clause 2.4; query 15 with its view as a common table expression
 */

import { createChance } from '../chance.ts';
import { concrete } from '../workload.ts';
import { firstHalf } from './first-half.ts';
import { secondHalf } from './second-half.ts';

/** Correlated subqueries that cost hundreds of times all the rest without an index: one index would decide the sum. */
const DOMINATING = ['2', '17', '20'];

export function tpchQueries(scale: number, seed: number) {
  const chance = createChance(seed);
  const texts = [...firstHalf(chance, scale), ...secondHalf(chance)];
  return texts.map((sql, at) => concrete(`${at + 1}`, sql));
}

export function withoutDominating(statements: ReturnType<typeof tpchQueries>) {
  return statements.filter(({ id }) => !DOMINATING.includes(id));
}
