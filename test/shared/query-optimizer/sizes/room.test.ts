import { expect, it } from 'vitest';
import type { IndexDefinition } from '../../../../shared/query-optimizer/planner.ts';
import { createDeadline } from '../../../../shared/query-optimizer/search/deadline.ts';
import { search } from '../../../../shared/query-optimizer/search/search.ts';
import { createWhatIf } from '../../../../shared/query-optimizer/search/what-if.ts';
import { roomFor } from '../../../../shared/query-optimizer/sizes/room.ts';
import { idOf, itemsOf, onColumn, plannedPlanner } from '../planned.ts';

const BYTES = 1_000_000;
const on = (columns: string, parts: Partial<IndexDefinition> = {}) =>
  roomFor({ ...onColumn(columns), ...parts }, BYTES);

/** What `npm run bench:advice` built beside what the model said: the most that each kind came out larger. */
it.each([
  ['lineitem (l_suppkey)', 1.033, on('a')],
  ['tasks (tenant_id, status) WHERE deleted_at IS NULL', 1.024, on('a+b', { predicate: 'c IS NULL' })],
  ['events (tenant_id, happened_at) INCLUDE (kind, subject_id)', 1.029, on('a+b', { included: ['c', 'd'] })],
  ['events USING brin (happened_at)', 1, on('a', { method: 'brin' })],
])('%s has the room that it took', (_index, built, room) => {
  expect(room / BYTES).toBeGreaterThanOrEqual(built);
  expect(room / BYTES).toBeLessThan(built + 0.06);
});

it('less is known of what is larger to foretell', () => {
  const key = { column: undefined, expression: 'lower(a)', operatorClass: undefined, isDescending: false };
  const rising = [on('a'), on('a+b'), on('a', { keys: [key] }), on('a', { method: 'gin' })];
  expect(rising).toEqual(rising.toSorted((left, right) => left - right));
  expect(new Set(rising).size).toBe(rising.length);
});

it('a search leaves room where sizes are a model’s, and uses all of the budget where they are measured', async () => {
  const statements = [{ id: '1', calls: 1, cost: 1_000, plans: [{ needs: ['a'], cost: 1 }] }];
  const chosenBy = async (name: 'twin' | 'real', budgetBytes: number) => {
    const planner = { ...plannedPlanner(statements, () => BYTES), name };
    const whatIf = createWhatIf(planner, itemsOf(statements));
    const definitions = new Map([[idOf('a'), onColumn('a')]]);
    const input = { candidates: { definitions, byStatement: [[idOf('a')]] }, singles: [onColumn('a')] };
    const deadline = createDeadline(() => 0, 1_000);
    const { chosen } = await search(whatIf, input, {
      budgetBytes,
      deadline,
      writeCost: () => 0,
      onProgress: () => {},
    });
    return chosen;
  };
  expect(await chosenBy('real', BYTES)).toEqual([idOf('a')]);
  expect(await chosenBy('twin', BYTES)).toEqual([]);
  expect(await chosenBy('twin', on('a'))).toEqual([idOf('a')]);
});
