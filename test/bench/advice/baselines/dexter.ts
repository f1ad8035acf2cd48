/**
 * As Dexter does: for each statement indexes on one and on two of the columns it seeks by; what its plan uses of them is
 * kept when the statement gets at least 5 % cheaper, two columns only when they gain as much again.
 *
 * Source  ankane/dexter, README ("How It Works"); it knows no budget
 */

import { indexIdOf } from '../../../../shared/query-optimizer/index-sql.ts';
import type { IndexDefinition } from '../../../../shared/query-optimizer/planner.ts';
import type { Statement } from '../../../../shared/query-optimizer/snapshot.ts';
import type { Advisor } from './advisor.ts';
import { btree, type Costs, createCosts, exists } from './costs.ts';
import { trimToBudget } from './trim.ts';

const ENOUGH = 0.95;

export const dexter: Advisor = {
  name: 'Dexter-like',
  async advise({ planner, snapshot, budgetBytes }) {
    const costs = await createCosts(planner, snapshot);
    const found = new Map<string, IndexDefinition>();
    for (const statement of snapshot.workload) {
      const wanted = (index: IndexDefinition) => !exists(snapshot, index);
      for (const index of await best(statement, costs, wanted)) found.set(indexIdOf(index), index);
    }
    return trimToBudget([...found.values()], { costs, snapshot, budgetBytes });
  },
};

async function best(
  statement: Statement,
  costs: Costs,
  wanted: (index: IndexDefinition) => boolean,
): Promise<readonly IndexDefinition[]> {
  const tables = costs.columns.get(statement) ?? [];
  const ones = tables.flatMap(({ table, sought }) => sought.map(column => btree(table, [column])));
  const twos = tables.flatMap(({ table, sought }) => pairs(sought).map(columns => btree(table, columns)));
  const before = (await costs.estimate(statement, [])).cost;
  const one = await used(statement, await costs.takenOf(ones.filter(wanted)), costs);
  const two = await used(statement, await costs.takenOf([...ones, ...twos].filter(wanted)), costs);
  const better = two.cost < one.cost * ENOUGH ? two : one;
  return better.cost < before * ENOUGH ? better.indexes : [];
}

async function used(statement: Statement, indexes: readonly IndexDefinition[], costs: Costs) {
  const { cost, used } = await costs.estimate(statement, indexes);
  return { cost, indexes: indexes.filter(index => used.includes(indexIdOf(index))) };
}

function pairs(columns: readonly string[]): readonly (readonly string[])[] {
  return columns.flatMap(first => columns.filter(second => second !== first).map(second => [first, second]));
}
