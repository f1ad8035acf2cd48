/**
 * As supabase's index_advisor does: for each statement every column of its tables as an index of its own, and what its plan
 * uses of them is the answer.
 *
 * Source  supabase/index_advisor, README; it knows no budget and has no threshold
 */

import { indexIdOf } from '../../../../shared/query-optimizer/index-sql.ts';
import type { IndexDefinition } from '../../../../shared/query-optimizer/planner.ts';
import type { Advisor } from './advisor.ts';
import { btree, createCosts, exists } from './costs.ts';
import { trimToBudget } from './trim.ts';

export const singleColumns: Advisor = {
  name: 'single columns',
  async advise({ planner, snapshot, budgetBytes }) {
    const costs = await createCosts(planner, snapshot);
    const found = new Map<string, IndexDefinition>();
    for (const statement of snapshot.workload) {
      const candidates = (costs.columns.get(statement) ?? []).flatMap(({ table }) =>
        table.columns.map(({ name }) => btree(table, [name])),
      );
      const usable = await costs.takenOf(candidates.filter(index => !exists(snapshot, index)));
      const { used } = await costs.estimate(statement, usable);
      for (const index of usable) if (used.includes(indexIdOf(index))) found.set(indexIdOf(index), index);
    }
    return trimToBudget([...found.values()], { costs, snapshot, budgetBytes });
  },
};
