import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDeadline } from '../../../../shared/query-optimizer/search/deadline.ts';
import { extend } from '../../../../shared/query-optimizer/search/extend.ts';
import { search } from '../../../../shared/query-optimizer/search/search.ts';
import { createWhatIf } from '../../../../shared/query-optimizer/search/what-if.ts';
import { idOf, itemsOf, onColumn, type PlannedStatement, plannedPlanner } from '../planned.ts';

const COLUMNS = ['a', 'b', 'c', 'd', 'e', 'f'];

const planArbitrary = fc.record({
  needs: fc.subarray(COLUMNS, { minLength: 1, maxLength: 3 }),
  cost: fc.integer({ min: 1, max: 900 }),
});
const workloadArbitrary = fc
  .array(
    fc.record({
      calls: fc.integer({ min: 1, max: 20 }),
      plans: fc.array(planArbitrary, { minLength: 1, maxLength: 5 }),
    }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map(list => list.map((each, at): PlannedStatement => ({ ...each, id: `q${at}`, cost: 1_000 })));
const sizesArbitrary = fc.array(fc.integer({ min: 1, max: 50 }), {
  minLength: COLUMNS.length,
  maxLength: COLUMNS.length,
});

interface Case {
  readonly statements: readonly PlannedStatement[];
  readonly sizes: readonly number[];
  readonly budgetBytes: number;
  readonly writes?: number;
}

const sizeOf = (sizes: readonly number[]) => (column: string) => sizes[COLUMNS.indexOf(column)] ?? 1_000;

function open({ statements, sizes, budgetBytes, writes = 0 }: Case, timeMs = 1_000) {
  const planner = plannedPlanner(statements, sizeOf(sizes));
  const whatIf = createWhatIf(planner, itemsOf(statements));
  let at = 0;
  // A clock that moves with each look: what is bounded by time ends without waiting.
  const deadline = createDeadline(() => at++ / 100, timeMs);
  const options = { budgetBytes, deadline, writeCost: () => writes, onProgress: () => {} };
  const definitions = new Map(COLUMNS.map(column => [idOf(column), onColumn(column)]));
  const candidates = { definitions, byStatement: statements.map(() => [...definitions.keys()]) };
  const input = { candidates, singles: COLUMNS.map(onColumn) };
  return { whatIf, options, input };
}

/** All sets that fit. */
function bestOfAll({ statements, sizes, budgetBytes, writes = 0 }: Case): number {
  let best = Number.POSITIVE_INFINITY;
  for (let set = 0; set < 2 ** COLUMNS.length; set++) {
    const on = COLUMNS.filter((_, bit) => set & (1 << bit));
    if (on.reduce((sum, column) => sum + sizeOf(sizes)(column), 0) > budgetBytes) continue;
    best = Math.min(best, costOf(statements, on) + writes * on.length);
  }
  return best;
}

function costOf(statements: readonly PlannedStatement[], on: readonly string[]): number {
  return statements.reduce((sum, { calls, cost, plans }) => {
    const possible = plans.filter(({ needs }) => needs.every(column => on.includes(column)));
    return sum + calls * Math.min(cost, ...possible.map(plan => plan.cost));
  }, 0);
}

describe('the search', () => {
  it('keeps the budget, and says what its answer costs', async () => {
    await fc.assert(
      fc.asyncProperty(
        workloadArbitrary,
        sizesArbitrary,
        fc.integer({ min: 1, max: 200 }),
        async (statements, sizes, budgetBytes) => {
          const { whatIf, options, input } = open({ statements, sizes, budgetBytes });
          const { chosen, cost } = await search(whatIf, input, options);
          expect(whatIf.sizeOf(chosen)).toBeLessThanOrEqual(budgetBytes);
          const columns = COLUMNS.filter(column => chosen.includes(idOf(column)));
          expect(cost).toBeCloseTo(costOf(statements, columns), 6);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is never worse than Extend, and nearly always the best there is', async () => {
    let [found, possible] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        workloadArbitrary,
        sizesArbitrary,
        fc.integer({ min: 20, max: 200 }),
        async (statements, sizes, budgetBytes) => {
          const given: Case = { statements, sizes, budgetBytes, writes: 3 };
          const { whatIf, options, input } = open(given);
          const { cost } = await search(whatIf, input, options);
          const other = open(given);
          const byExtend = await extend(other.whatIf, other.input.singles, other.options);
          const extended = COLUMNS.filter(column => byExtend.includes(idOf(column)));
          expect(cost).toBeLessThanOrEqual(costOf(statements, extended) + 3 * extended.length + 1e-6);
          const best = bestOfAll(given);
          expect(cost).toBeGreaterThanOrEqual(best - 1e-6);
          found += cost;
          possible += best;
        },
      ),
      { numRuns: 60, seed: 9 },
    );
    expect(found / possible).toBeLessThan(1.02);
  });

  it('sees two indexes that are of use only together', async () => {
    const statements = [{ id: 'q', calls: 1, cost: 1_000, plans: [{ needs: ['a', 'b'], cost: 10 }] }];
    const given = { statements, sizes: [10, 10, 10, 10, 10, 10], budgetBytes: 20 };
    const { whatIf, options, input } = open(given);
    expect(await search(whatIf, input, options)).toMatchObject({ cost: 10, by: 'plans' });
    const other = open(given);
    expect(await extend(other.whatIf, other.input.singles, other.options)).toEqual([]);
  });

  it('creates nothing whose writes cost more than it saves', async () => {
    const statements = [{ id: 'q', calls: 1, cost: 1_000, plans: [{ needs: ['a'], cost: 10 }] }];
    const { whatIf, options, input } = open({
      statements,
      sizes: [1, 1, 1, 1, 1, 1],
      budgetBytes: 10,
      writes: 991,
    });
    expect(await search(whatIf, input, options)).toMatchObject({ chosen: [], cost: 1_000 });
  });

  it('answers with what it has when time is over, and says so', async () => {
    const statements = COLUMNS.map(column => ({
      id: column,
      calls: 1,
      cost: 1_000,
      plans: [{ needs: [column], cost: 10 }],
    }));
    const { whatIf, options, input } = open({ statements, sizes: [1, 1, 1, 1, 1, 1], budgetBytes: 10 }, 0.1);
    const found = await search(whatIf, input, options);
    expect(found.isComplete).toBe(false);
    expect(found.cost).toBeLessThanOrEqual(6_000);
    const whole = open({ statements, sizes: [1, 1, 1, 1, 1, 1], budgetBytes: 10 });
    expect(await search(whole.whatIf, whole.input, whole.options)).toMatchObject({
      isComplete: true,
      cost: 60,
    });
  });

  it('adds a column to an index, as Extend does', async () => {
    const statements = [
      {
        id: 'q',
        calls: 1,
        cost: 1_000,
        plans: [
          { needs: ['a'], cost: 400 },
          { needs: ['a+b'], cost: 10 },
        ],
      },
    ];
    const planner = plannedPlanner(statements, column => (column === 'a' ? 10 : 15));
    const whatIf = createWhatIf(planner, itemsOf(statements));
    const options = {
      budgetBytes: 20,
      deadline: createDeadline(() => 0, 1_000),
      writeCost: () => 0,
      onProgress: () => {},
    };
    expect(await extend(whatIf, ['a', 'b'].map(onColumn), options)).toEqual([idOf('a+b')]);
  });
});
