/** Our advisor, asked as the others are. */

import { createSqlParser } from '../../../functions/adapters/sql-parser/libpg-query.ts';
import { systemClock } from '../../../shared/primitives/clock.ts';
import { advise } from '../../../shared/query-optimizer/advise/advise.ts';
import { createDeadline } from '../../../shared/query-optimizer/search/deadline.ts';
import type { Advisor } from './baselines/advisor.ts';
import { OURS } from './table.ts';

const TIME_MS = 120_000;

export const ours: Advisor = {
  name: OURS,
  async advise({ planner, snapshot, budgetBytes }) {
    const deps = { planner, parser: await createSqlParser(), onProgress: () => {} };
    const deadline = createDeadline(systemClock, TIME_MS);
    const { chosen } = await advise(snapshot, deps, { budgetBytes, deadline });
    return chosen.map(({ definition }) => definition);
  },
};
