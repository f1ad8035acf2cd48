/** A shop whose reviews are mostly of few products, over a planner that knows what a call for each of them costs. */
import { beforeAll, expect, it } from 'vitest';
import { createSqlParser } from '../../../../functions/adapters/sql-parser/libpg-query.ts';
import { advise } from '../../../../shared/query-optimizer/advise/advise.ts';
import type { Planner } from '../../../../shared/query-optimizer/planner.ts';
import { createDeadline } from '../../../../shared/query-optimizer/search/deadline.ts';
import type { ColumnStatistics } from '../../../../shared/query-optimizer/snapshot.ts';
import type { SqlParser } from '../../../../shared/query-optimizer/sql/sql-parser.ts';
import { idOf, plannedPlanner } from '../planned.ts';
import { relation, snapshotOf, statistics } from '../snapshots.ts';

const ASKED = 'SELECT * FROM t WHERE product = $1 ORDER BY at';
const POPULAR = "SELECT * FROM t WHERE product = '7' ORDER BY at";
const SKEWED: Partial<ColumnStatistics> = {
  distinct: 5_000,
  mostCommonValues: '{7}',
  mostCommonFrequencies: [0.02],
};
const UNIFORM: Partial<ColumnStatistics> = {
  distinct: 50,
  mostCommonValues: '{7,8}',
  mostCommonFrequencies: [0.021, 0.02],
};

let parser: SqlParser;
beforeAll(async () => {
  parser = await createSqlParser();
});

/** An index pays for the popular product alone, of which there are 2,000 rows where there are 20 of another. */
function planner(popular = POPULAR): Planner {
  const plans = (cost: number) => [{ needs: ['product'], cost }];
  const planned = plannedPlanner(
    [
      { id: ASKED, calls: 1, cost: 11, plans: plans(11) },
      { id: popular, calls: 1, cost: 3_000, plans: plans(40) },
    ],
    () => 1,
  );
  const rows = (sql: string) => (sql === POPULAR ? 2_000 : 20);
  return {
    ...planned,
    estimate: async (statement, indexes) => ({
      ...(await planned.estimate(statement, indexes)),
      rows: rows(statement.sql),
    }),
  };
}

function adviseOn(
  product: Partial<ColumnStatistics>,
  { rows, asked = planner() }: { rows?: number; asked?: Planner },
) {
  const snapshot = snapshotOf({
    relations: [relation('t', 'product at more')],
    statistics: [statistics('t', 'product', product)],
    workload: [{ id: '1', sql: ASKED, calls: 100, totalMs: undefined, rows, normalized: true }],
  });
  const deadline = createDeadline(() => 0, 60_000);
  return advise(snapshot, { planner: asked, parser, onProgress: () => {} }, { budgetBytes: 100, deadline });
}

it('an index that pays for popular values alone is seen, by the share of the calls that the returned rows tell', async () => {
  const { items, chosen } = await adviseOn(SKEWED, { rows: 100 * 416 });
  expect(items.map(({ statement: { sql } }) => sql).toSorted()).toEqual([ASKED, POPULAR].toSorted());
  const shares = new Map(items.map(({ statement: { sql }, share }) => [sql, share]));
  expect(shares.get(POPULAR)).toBeCloseTo((416 - 20) / (2_000 - 20));
  expect((shares.get(ASKED) ?? 0) + (shares.get(POPULAR) ?? 0)).toBeCloseTo(1);
  expect(items.reduce((sum, { calls }) => sum + calls, 0)).toBeCloseTo(100);
  expect(chosen.map(({ id }) => id)).toEqual([idOf('product')]);
});

it('no index comes of values that are as common as each other, whatever came back', async () => {
  const { items, chosen } = await adviseOn(UNIFORM, { rows: 100 * 416 });
  expect(items).toHaveLength(1);
  expect(chosen).toEqual([]);
});

it('a value that the planner refuses leaves its calls to the ordinary one', async () => {
  const { items, skipped } = await adviseOn(SKEWED, { asked: planner('something else') });
  expect(items).toMatchObject([{ share: 1, calls: 100, statement: { sql: ASKED } }]);
  expect(skipped).toEqual([]);
});
