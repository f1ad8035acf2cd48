/**
 * A planner that counts what it is asked and asks the one behind it only once: what an advisor learned for one budget it
 * knows for the next.
 */

import type { Estimated, Planner } from '../../../shared/query-optimizer/planner.ts';

export interface RememberingPlanner extends Planner {
  /** Asked of the planner behind. */
  estimates(): number;
}

export function rememberEstimates(planner: Planner): RememberingPlanner {
  const known = new Map<string, Estimated>();
  let count = 0;
  return {
    ...planner,
    async estimate(statement, indexes, without = []) {
      const key = JSON.stringify([statement.sql, indexes.toSorted(), without]);
      const kept = known.get(key);
      if (kept) return kept;
      count += 1;
      const estimated = await planner.estimate(statement, indexes, without);
      known.set(key, estimated);
      return estimated;
    },
    estimates: () => count,
    // The planner behind is everybody's.
    close: async () => {},
  };
}
