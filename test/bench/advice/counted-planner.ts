/** Counts what a planner is asked. */

import type { Planner } from '../../../shared/query-optimizer/planner.ts';

export interface CountedPlanner extends Planner {
  estimates(): number;
}

export function countEstimates(planner: Planner): CountedPlanner {
  let count = 0;
  return {
    ...planner,
    estimate(...question) {
      count += 1;
      return planner.estimate(...question);
    },
    estimates: () => count,
  };
}
