/**
 * Extend, the reference: starts with nothing; each step adds an index of one column, or a column to an index it has, whichever
 * gains most for each byte.
 *
 * Shape   (what-if, columns, { budget, deadline }) -> ids
 * Cost    each step asks about every column and every extension; answers are kept, and those that cannot matter left out
 * Source  Schlosser, Kossmann, Boissier, "Efficient Scalable Multi-Attribute Index Selection Using Recursive Strategies",
 *         ICDE 2019
 */

import { indexIdOf } from '../index-sql.ts';
import type { IndexDefinition, IndexId } from '../planner.ts';
import type { Deadline } from './deadline.ts';
import type { WriteCost } from './model.ts';
import type { WhatIf } from './what-if.ts';

const MOST_COLUMNS = 3;
/** A step that gains less than this share of what is left to gain is none. */
const LEAST_GAIN = 0.003;

export interface ExtendOptions {
  readonly budgetBytes: number;
  readonly deadline: Deadline;
  readonly writeCost: WriteCost;
}

interface Step {
  readonly chosen: readonly IndexId[];
  readonly cost: number;
  readonly score: number;
}

export async function extend(
  whatIf: WhatIf,
  singles: readonly IndexDefinition[],
  options: ExtendOptions,
): Promise<readonly IndexId[]> {
  const ready = await proposeInTime(whatIf, singles, options.deadline);
  let chosen: readonly IndexId[] = [];
  let cost = await totalCost(whatIf, chosen, options.writeCost);
  while (!options.deadline.isOver()) {
    const step = await bestStep(whatIf, { chosen, cost, ready }, options);
    if (!step) return chosen;
    ({ chosen, cost } = step);
  }
  return chosen;
}

const BATCH = 100;

async function proposeInTime(
  whatIf: WhatIf,
  singles: readonly IndexDefinition[],
  deadline: Deadline,
): Promise<readonly IndexId[]> {
  const ready: IndexId[] = [];
  for (let start = 0; start < singles.length && !deadline.isOver(); start += BATCH)
    ready.push(...(await whatIf.propose(singles.slice(start, start + BATCH))));
  return ready;
}

interface Position {
  readonly chosen: readonly IndexId[];
  readonly cost: number;
  readonly ready: readonly IndexId[];
}

async function bestStep(
  whatIf: WhatIf,
  position: Position,
  options: ExtendOptions,
): Promise<Step | undefined> {
  let best: Step | undefined;
  const before = whatIf.sizeOf(position.chosen);
  for (const chosen of await neighbours(whatIf, position)) {
    if (options.deadline.isOver()) return best;
    const bytes = whatIf.sizeOf(chosen);
    if (bytes > options.budgetBytes) continue;
    const cost = await costAfter(whatIf, chosen, position, options);
    const score = (position.cost - cost) / Math.max(1, bytes - before);
    if (cost * (1 + LEAST_GAIN) < position.cost && score > (best?.score ?? 0)) best = { chosen, cost, score };
  }
  return best;
}

async function neighbours(
  whatIf: WhatIf,
  { chosen, ready }: Position,
): Promise<readonly (readonly IndexId[])[]> {
  const additions = ready.filter(id => !chosen.includes(id)).map(id => [...chosen, id]);
  const extensions = chosen.flatMap(id =>
    ready.flatMap(single =>
      extended(whatIf.definitionOf(id), whatIf.definitionOf(single)).map(index => ({ id, index })),
    ),
  );
  const known = new Set(await whatIf.propose(extensions.map(({ index }) => index)));
  const replaced = extensions
    .filter(({ index }) => known.has(indexIdOf(index)))
    .map(({ id, index }) => [...chosen.filter(other => other !== id), indexIdOf(index)]);
  return [...additions, ...replaced];
}

function extended(index: IndexDefinition, { table, keys }: IndexDefinition): readonly IndexDefinition[] {
  const isSameTable = index.table.schema === table.schema && index.table.name === table.name;
  const isNew = keys.every(({ column }) => index.keys.every(key => key.column !== column));
  return isSameTable && isNew && index.keys.length < MOST_COLUMNS
    ? [{ ...index, keys: [...index.keys, ...keys] }]
    : [];
}

/** Only items that the changed index concerns are asked about. */
async function costAfter(
  whatIf: WhatIf,
  chosen: readonly IndexId[],
  { chosen: before, cost }: Position,
  { writeCost }: ExtendOptions,
): Promise<number> {
  const changed = new Set([
    ...chosen.filter(id => !before.includes(id)),
    ...before.filter(id => !chosen.includes(id)),
  ]);
  let after = cost;
  for (const id of changed) after += (chosen.includes(id) ? 1 : -1) * writeCost(id);
  for (const item of whatIf.itemsOf(changed)) {
    const { calls } = whatIf.items[item] ?? { calls: 0 };
    after +=
      calls * ((await whatIf.estimate(item, chosen)).cost - (await whatIf.estimate(item, before)).cost);
  }
  return after;
}

export async function totalCost(
  whatIf: WhatIf,
  chosen: readonly IndexId[],
  writeCost: WriteCost,
): Promise<number> {
  let total = chosen.reduce((sum, id) => sum + writeCost(id), 0);
  for (const [item, { calls }] of whatIf.items.entries())
    total += calls * (await whatIf.estimate(item, chosen)).cost;
  return total;
}
