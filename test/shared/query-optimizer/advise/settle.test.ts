import { describe, expect, it } from 'vitest';
import { type SettleOptions, settle } from '../../../../shared/query-optimizer/advise/settle.ts';
import { createDeadline } from '../../../../shared/query-optimizer/search/deadline.ts';
import { createWhatIf } from '../../../../shared/query-optimizer/search/what-if.ts';
import { idOf, itemsOf, onColumn, type PlannedStatement, plannedPlanner } from '../planned.ts';

const BYTES: Readonly<Record<string, number>> = { large: 60, hardly: 35, other: 38, spare: 30 };
const statements: readonly PlannedStatement[] = [
  { id: '1', calls: 1, cost: 10_000, plans: [{ needs: ['large'], cost: 100 }] },
  { id: '2', calls: 1, cost: 1_000, plans: [{ needs: ['hardly'], cost: 995 }] },
  { id: '3', calls: 1, cost: 1_000, plans: [{ needs: ['other'], cost: 400 }] },
  { id: '4', calls: 1, cost: 1_000, plans: [{ needs: ['spare'], cost: 700 }] },
];

const optionsOf = (budgetBytes: number, now = () => 0): SettleOptions => ({
  budgetBytes,
  deadline: createDeadline(now, 1_000),
  writeCost: () => 0,
  existing: [],
});

async function open() {
  const whatIf = createWhatIf(
    plannedPlanner(statements, column => BYTES[column] ?? 0),
    itemsOf(statements),
  );
  await whatIf.propose(Object.keys(BYTES).map(onColumn));
  // As a search has: each plan is known.
  for (const [item, column] of Object.keys(BYTES).entries()) await whatIf.estimate(item, [idOf(column)]);
  return whatIf;
}

const settled = async (found: readonly string[], options: SettleOptions) =>
  (await settle(await open(), found.map(idOf), options)).map(({ id }) => id).toSorted();

describe('what was found, settled', () => {
  it('spends anew what the unworthy took', async () => {
    expect(await settled(['large', 'hardly'], optionsOf(98))).toEqual(['large', 'other'].map(idOf));
  });

  it('never passes the budget by it', async () => {
    expect(await settled(['large', 'hardly'], optionsOf(95))).toEqual(['large', 'spare'].map(idOf));
    expect(await settled(['large'], optionsOf(60))).toEqual([idOf('large')]);
  });

  it('ends with what it has when the time is over', async () => {
    let now = 0;
    const options = optionsOf(98, () => now);
    now = 2_000;
    expect(await settled(['large', 'hardly'], options)).toEqual([idOf('large')]);
  });
});

describe('small gains', () => {
  /** A thousandth of the workload: for it alone nobody changes a database. */
  const small: PlannedStatement = {
    id: 'small',
    calls: 1,
    cost: 500,
    plans: [{ needs: ['small'], cost: 470 }],
  };
  const huge: PlannedStatement = { id: 'huge', calls: 1, cost: 40_000, plans: [] };
  const settledOf = async (
    workload: readonly PlannedStatement[],
    found: readonly string[],
    options = optionsOf(1_000),
  ) => {
    const whatIf = createWhatIf(
      plannedPlanner(workload, () => 10),
      itemsOf(workload),
    );
    await whatIf.propose(found.map(onColumn));
    const worths = await settle(whatIf, found.map(idOf), options);
    return worths.map(({ id }) => id).toSorted();
  };

  const large: PlannedStatement = {
    id: 'large',
    calls: 1,
    cost: 5_000,
    plans: [{ needs: ['large'], cost: 10 }],
  };

  it('come along with large ones when the time is over, too', async () => {
    let now = 0;
    const options = optionsOf(1_000, () => now);
    now = 2_000;
    const found = await settledOf([small, huge, large], ['small', 'large'], options);
    expect(found).toEqual(['large', 'small'].map(idOf));
    expect(await settledOf([small, huge], ['small'], options)).toEqual([]);
  });

  it('come along with large ones, and never alone', async () => {
    expect(await settledOf([small, huge, large], ['small', 'large'])).toEqual(['large', 'small'].map(idOf));
    expect(await settledOf([small, huge], ['small'])).toEqual([]);
  });
});
