import { expect, it } from 'vitest';
import { createHypopgPlanner } from '../../../../functions/adapters/planners/hypopg.ts';
import { DatabaseError, type Row } from '../../../../shared/query-optimizer/session.ts';

const PLAN: Row = { 'QUERY PLAN': [{ Plan: { 'Total Cost': 8, 'Plan Rows': 1 } }] };

it('shows what was hidden before a hiding failed, before it answers again', async () => {
  const hidden = new Set<unknown>();
  const planner = await createHypopgPlanner({
    async query(sql, values = []) {
      if (sql.includes('unhide_all')) hidden.clear();
      else if (values[0] === 'public.b') throw new DatabaseError('canceling statement', '57014');
      else if (sql.includes('hide_index')) hidden.add(values[0]);
      return sql.startsWith('EXPLAIN') ? [PLAN] : [];
    },
    close: async () => {},
  });
  const statement = { sql: 'SELECT 1', normalized: false };
  expect(await planner.estimate(statement, [], ['public.a', 'public.b'])).toMatchObject({ kind: 'refused' });
  expect(await planner.estimate(statement, [])).toMatchObject({ kind: 'estimated', cost: 8 });
  expect([...hidden]).toEqual([]);
});
