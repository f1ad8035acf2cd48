import { expect, it } from 'vitest';
import { proveAll } from '../../../../shared/query-optimizer/advise/prove-all.ts';
import type { Worth } from '../../../../shared/query-optimizer/advise/trim.ts';
import type { Planner } from '../../../../shared/query-optimizer/planner.ts';
import { idOf, itemsOf, onColumn, type PlannedStatement, plannedPlanner } from '../planned.ts';

const statements: readonly PlannedStatement[] = [
  { id: 'searched', calls: 10, cost: 1_000, plans: [{ needs: ['a'], cost: 10 }] },
  { id: 'left out', calls: 1, cost: 100, plans: [{ needs: ['b'], cost: 90 }] },
];
const columns = ['a', 'b'];
const worths: readonly Worth[] = columns.map(column => ({ id: idOf(column), savings: new Map(), saved: 1 }));
const definitions = new Map(columns.map(column => [idOf(column), onColumn(column)]));

const prove = (planner: Planner) =>
  proveAll(itemsOf(statements), worths, {
    planner,
    relations: [],
    definitionOf: id => definitions.get(id) ?? onColumn('none'),
    trim: async ids => worths.filter(({ id }) => ids.includes(id)),
  });

it('says what every statement costs with what was chosen', async () => {
  const { worths: kept, after } = await prove(plannedPlanner(statements, () => 10));
  expect(kept).toEqual(worths);
  expect(after.map(({ cost }) => cost)).toEqual([10, 90]);
});

it('takes out an index that makes a statement worse which the search did not look at', async () => {
  const planner = plannedPlanner(statements, () => 10);
  const { worths: kept, after } = await prove({
    ...planner,
    async estimate(statement, indexes) {
      const answer = await planner.estimate(statement, indexes);
      const isHarmed = statement.sql === 'left out' && indexes.includes(idOf('b'));
      return isHarmed && answer.kind === 'estimated' ? { ...answer, cost: 111 } : answer;
    },
  });
  expect(kept.map(({ id }) => id)).toEqual([idOf('a')]);
  expect(after.map(({ cost }) => cost)).toEqual([10, 100]);
});
