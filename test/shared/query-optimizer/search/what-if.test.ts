import { describe, expect, it } from 'vitest';
import { createWhatIf } from '../../../../shared/query-optimizer/search/what-if.ts';
import { idOf, itemsOf, onColumn, type PlannedStatement, plannedPlanner } from '../planned.ts';

const statements: readonly PlannedStatement[] = [
  {
    id: 'one',
    calls: 1,
    cost: 100,
    plans: [
      { needs: ['a'], cost: 40 },
      { needs: ['a', 'b'], cost: 10 },
    ],
  },
  { id: 'other', calls: 1, cost: 50, plans: [{ needs: ['c'], cost: 5 }] },
];

async function open() {
  const planner = plannedPlanner(statements, () => 10);
  const whatIf = createWhatIf(planner, itemsOf(statements));
  await whatIf.propose(['a', 'b', 'c', 'd'].map(onColumn));
  return { planner, whatIf };
}

describe('what-if', () => {
  it('asks the planner once for the same question', async () => {
    const { planner, whatIf } = await open();
    expect(await whatIf.estimate(0, [idOf('a')])).toMatchObject({ cost: 40 });
    expect(await whatIf.estimate(0, [idOf('a')])).toMatchObject({ cost: 40 });
    expect(planner.asked).toHaveLength(1);
  });

  it('asks nothing where an index has nothing to do with the statement', async () => {
    const { planner, whatIf } = await open();
    expect(await whatIf.estimate(1, [idOf('a'), idOf('b'), idOf('d')])).toMatchObject({ cost: 50 });
    expect(planner.asked).toEqual([]);
  });

  it('knows the plan of any set between what a plan used and what it had', async () => {
    const { planner, whatIf } = await open();
    await whatIf.estimate(0, [idOf('a'), idOf('b')]);
    await whatIf.estimate(0, [idOf('b')]);
    expect(planner.asked).toHaveLength(2);
    // The plan of {b} used nothing, which is known to be the plan of nothing.
    expect(await whatIf.estimate(0, [])).toMatchObject({ cost: 100, used: [] });
    expect(planner.asked).toHaveLength(2);
    expect(await whatIf.estimate(0, [idOf('a')])).toMatchObject({ cost: 40 });
    expect(planner.asked).toHaveLength(3);
  });

  it('knows each index by its own definition, however often one was given', async () => {
    const { whatIf } = await open();
    const ids = await whatIf.propose(['e', 'e', 'f'].map(onColumn));
    expect(ids).toEqual([idOf('e'), idOf('f')]);
    expect(whatIf.definitionOf(idOf('f'))).toEqual(onColumn('f'));
  });

  it('leaves out what the planner refuses', async () => {
    const planner = plannedPlanner(statements, () => 10);
    const whatIf = createWhatIf(
      {
        ...planner,
        propose: async indexes =>
          new Map(indexes.map(index => [index.keys[0]?.column ?? '', { kind: 'refused', why: 'no' }])),
      },
      itemsOf(statements),
    );
    expect(await whatIf.propose([onColumn('a')])).toEqual([]);
    expect(whatIf.relevantTo(0)).toEqual([]);
  });
});
