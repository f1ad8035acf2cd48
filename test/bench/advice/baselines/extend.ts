/**
 * Extend, as it was published: begins with nothing; each step adds a single-column index or appends a column to a chosen
 * one, whichever saves most for each byte, until nothing fits or nothing gains.
 *
 * Source  Schlosser, Kossmann, Boissier: Efficient Scalable Multi-Attribute Index Selection Using Recursive Strategies,
 *         ICDE 2019; hyrise/index_selection_evaluation has its parameters
 */

import { indexIdOf } from '../../../../shared/query-optimizer/index-sql.ts';
import type { IndexDefinition } from '../../../../shared/query-optimizer/planner.ts';
import type { Advisor } from './advisor.ts';
import { btree, type Costs, createCosts, exists } from './costs.ts';

/** Wider than the two columns of the published comparison, so that it is held back by nothing that we are not. */
const MAX_WIDTH = 3;
const MIN_IMPROVEMENT = 1.003;

interface Combination {
  readonly indexes: readonly IndexDefinition[];
  readonly cost: number;
}

interface Step extends Combination {
  readonly ratio: number;
}

export const extend: Advisor = {
  name: 'Extend',
  async advise({ planner, snapshot, budgetBytes }) {
    const costs = await createCosts(planner, snapshot);
    const singles = await costs.takenOf(singleColumnCandidates(costs));
    const additions = singles.filter(index => !exists(snapshot, index));
    let chosen: Combination = { indexes: [], cost: await costs.total([]) };
    for (;;) {
      const next = await bestStep(chosen, { singles, additions, costs, budgetBytes });
      if (!next) return chosen.indexes;
      chosen = next;
    }
  },
};

function singleColumnCandidates(costs: Costs): readonly IndexDefinition[] {
  const all = [...costs.columns.values()].flat();
  const indexes = all.flatMap(({ table, named }) => named.map(column => btree(table, [column])));
  return [...new Map(indexes.map(index => [indexIdOf(index), index])).values()];
}

interface Choice {
  readonly singles: readonly IndexDefinition[];
  readonly additions: readonly IndexDefinition[];
  readonly costs: Costs;
  readonly budgetBytes: number;
}

async function bestStep(chosen: Combination, choice: Choice): Promise<Step | undefined> {
  let best: Step | undefined;
  for (const indexes of neighbours(chosen.indexes, choice)) {
    const step = await evaluate(indexes, chosen, choice);
    if (step && step.ratio > (best?.ratio ?? 0)) best = step;
  }
  return best;
}

/** The new index comes last. */
function* neighbours(
  chosen: readonly IndexDefinition[],
  { singles, additions }: Choice,
): Generator<readonly IndexDefinition[]> {
  const ids = new Set(chosen.map(indexIdOf));
  for (const index of additions) if (!ids.has(indexIdOf(index))) yield [...chosen, index];
  for (const single of singles) {
    for (const [at, index] of chosen.entries()) {
      const extended = append(index, single);
      if (extended && !ids.has(indexIdOf(extended))) yield [...chosen.toSpliced(at, 1), extended];
    }
  }
}

function append(index: IndexDefinition, { table, keys }: IndexDefinition): IndexDefinition | undefined {
  const isSameTable = index.table.schema === table.schema && index.table.name === table.name;
  const isNew = keys.every(({ column }) => index.keys.every(key => key.column !== column));
  if (!isSameTable || !isNew || index.keys.length >= MAX_WIDTH) return undefined;
  return { ...index, keys: [...index.keys, ...keys] };
}

async function evaluate(
  indexes: readonly IndexDefinition[],
  chosen: Combination,
  { costs, budgetBytes }: Choice,
): Promise<Step | undefined> {
  const bytes = await costs.bytesOf(indexes);
  if (!(bytes <= budgetBytes)) return undefined;
  const cost = await costs.total(indexes);
  if (cost * MIN_IMPROVEMENT >= chosen.cost) return undefined;
  const before = await costs.bytesOf(chosen.indexes);
  // An appended column may cost nothing: tuples are aligned to eight bytes.
  return { indexes, cost, ratio: (chosen.cost - cost) / Math.max(1, bytes - before) };
}
