/** The rule of thumb: an index on every foreign key. */

import type { Advisor } from './advisor.ts';
import { btree, createCosts, exists } from './costs.ts';
import { trimToBudget } from './trim.ts';

export const foreignKeys: Advisor = {
  name: 'foreign keys',
  async advise({ planner, snapshot, budgetBytes }) {
    const costs = await createCosts(planner, snapshot);
    const indexes = snapshot.constraints
      .filter(({ kind }) => kind === 'foreign')
      .map(({ table, columns }) => btree(table, columns))
      .filter(index => !exists(snapshot, index));
    return trimToBudget(indexes, { costs, snapshot, budgetBytes });
  },
};
