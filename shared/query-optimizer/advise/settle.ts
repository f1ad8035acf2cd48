/**
 * Of what the search found, what is worth it, as small as it may be: nothing where no index alone is worth a change, and else
 * small gains beside large ones, where those do not crowd out larger ones. What the rest took of the budget is spent anew, with
 * that out of the game, until nothing more comes of it.
 *
 * Shape   (what-if, found, options) -> chosen, each with what it saves
 * Cost    as trim.ts and shrink.ts, once more for each round
 */

import type { IndexId } from '../planner.ts';
import { chooseFromKnown } from '../search/choose.ts';
import { totalCost } from '../search/extend.ts';
import type { SearchOptions } from '../search/search-options.ts';
import type { WhatIf } from '../search/what-if.ts';
import { shrink } from './shrink.ts';
import { type TrimOptions, trim, type Worth } from './trim.ts';
import { LEAST_SHARE_BESIDE } from './worth.ts';

export type SettleOptions = TrimOptions & Omit<SearchOptions, 'onProgress'>;

const MOST_ROUNDS = 12;

export async function settle(
  whatIf: WhatIf,
  found: readonly IndexId[],
  options: SettleOptions,
): Promise<readonly Worth[]> {
  if ((await trim(whatIf, found, options)).length === 0) return [];
  const withSmall = { ...options, leastShare: LEAST_SHARE_BESIDE };
  // What is left of the time is for the proofs.
  if (options.deadline.isOver()) return worthy(whatIf, found, withSmall);
  const few = await spend(whatIf, found, options);
  if (options.deadline.isOver()) return few;
  const many = await spend(whatIf, found, withSmall);
  return (await isBetter(whatIf, { next: many, best: few }, options)) ? many : few;
}

async function spend(
  whatIf: WhatIf,
  found: readonly IndexId[],
  options: SettleOptions,
): Promise<readonly Worth[]> {
  const out = new Set<IndexId>();
  let best = await worthy(whatIf, found, options);
  let [tried, kept] = [found, idsOf(best)];
  for (let round = 0; round < MOST_ROUNDS && !options.deadline.isOver(); round++) {
    const unworthy = tried.filter(id => !kept.includes(id) && !out.has(id));
    if (unworthy.length === 0) return best;
    for (const id of unworthy) out.add(id);
    tried = chooseFromKnown(whatIf, [idsOf(best)], { ...options, out });
    const next = await worthy(whatIf, tried, options);
    kept = idsOf(next);
    if (await isBetter(whatIf, { next, best }, options)) best = next;
  }
  return best;
}

async function worthy(
  whatIf: WhatIf,
  chosen: readonly IndexId[],
  options: SettleOptions,
): Promise<readonly Worth[]> {
  const worths = await trim(whatIf, chosen, options);
  return trim(whatIf, await shrink(whatIf, idsOf(worths), options.writeCost), options);
}

const idsOf = (worths: readonly Worth[]): readonly IndexId[] => worths.map(({ id }) => id);

/** Below it two totals are the same but for rounding. */
const CLEARLY = 1 - 1e-6;

async function isBetter(
  whatIf: WhatIf,
  { next, best }: Readonly<Record<'next' | 'best', readonly Worth[]>>,
  { writeCost, budgetBytes }: SettleOptions,
): Promise<boolean> {
  if (whatIf.sizeOf(idsOf(next)) > budgetBytes) return false;
  const [after, before] = [
    await totalCost(whatIf, idsOf(next), writeCost),
    await totalCost(whatIf, idsOf(best), writeCost),
  ];
  return after < before * CLEARLY;
}
