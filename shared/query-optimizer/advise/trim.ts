/**
 * Takes out of a chosen set what is not worth it, and what makes a statement worse, one index after the other, the least first.
 *
 * Shape   (what-if, chosen) -> chosen, each with what it saves
 * Cost    an EXPLAIN for each index and each statement that uses it, once more after each that goes
 */

import { isExtensionOf } from '../candidates/existing.ts';
import type { IndexId } from '../planner.ts';
import { totalCost } from '../search/extend.ts';
import type { WhatIf } from '../search/what-if.ts';
import type { ExistingIndex } from '../snapshot.ts';
import { isWorth, netSaving, type Saving } from './worth.ts';

export interface TrimOptions {
  readonly existing: readonly ExistingIndex[];
  readonly writeCost: (id: IndexId) => number;
  /** Of the workload, that each must save. @default as worth.ts has it */
  readonly leastShare?: number;
}

export interface Worth {
  readonly id: IndexId;
  /** By item. */
  readonly savings: ReadonlyMap<number, Saving>;
  /** Of the workload, writes taken off. */
  readonly saved: number;
}

/** More than this and a statement counts as worse. */
export const WORSE_RATIO = 1.1;

export async function trim(
  whatIf: WhatIf,
  start: readonly IndexId[],
  options: TrimOptions,
): Promise<readonly Worth[]> {
  let chosen = start;
  for (;;) {
    const culprit = await culpritOf(whatIf, chosen);
    const total = await totalCost(whatIf, chosen, options.writeCost);
    const worths = await worthsOf(whatIf, chosen, options);
    const poor = worths
      .filter(({ id, savings }) => !isWorth([...savings.values()], { ...gauge(whatIf, id, options), total }))
      .toSorted((left, right) => left.saved - right.saved)[0]?.id;
    const out = culprit ?? poor;
    if (out === undefined) return worths.toSorted((left, right) => right.saved - left.saved);
    chosen = chosen.filter(id => id !== out);
  }
}

/** One after the other: a planner answers one question at a time. */
async function worthsOf(
  whatIf: WhatIf,
  chosen: readonly IndexId[],
  options: TrimOptions,
): Promise<readonly Worth[]> {
  const worths: Worth[] = [];
  for (const id of chosen) worths.push(await worthOf(whatIf, id, chosen, options));
  return worths;
}

function gauge(whatIf: WhatIf, id: IndexId, { existing, writeCost, leastShare }: TrimOptions) {
  const index = whatIf.definitionOf(id);
  const isCoveringOnly = existing.some(other => isExtensionOf(index, other));
  return { isCoveringOnly, writeCost: writeCost(id), leastShare };
}

async function worthOf(
  whatIf: WhatIf,
  id: IndexId,
  chosen: readonly IndexId[],
  { writeCost }: TrimOptions,
): Promise<Worth> {
  const others = chosen.filter(other => other !== id);
  const savings = new Map<number, Saving>();
  for (const item of whatIf.itemsOf(new Set([id]))) {
    const { cost: after, used } = await whatIf.estimate(item, chosen);
    if (!used.includes(id)) continue;
    const { cost: without } = await whatIf.estimate(item, others);
    savings.set(item, { without, with: after, calls: whatIf.items[item]?.calls ?? 0 });
  }
  return { id, savings, saved: netSaving([...savings.values()], writeCost(id)) };
}

/** Of a statement that got worse, an index that its plan uses. */
async function culpritOf(whatIf: WhatIf, chosen: readonly IndexId[]): Promise<IndexId | undefined> {
  for (const [item, { before }] of whatIf.items.entries()) {
    const { cost, used } = await whatIf.estimate(item, chosen);
    if (cost > before.cost * WORSE_RATIO && used.length > 0) return used[0];
  }
  return undefined;
}
