import { describe, expect, it } from 'vitest';
import { shrink } from '../../../../shared/query-optimizer/advise/shrink.ts';
import { trim } from '../../../../shared/query-optimizer/advise/trim.ts';
import { indexIdOf } from '../../../../shared/query-optimizer/index-sql.ts';
import type { IndexDefinition, Planner } from '../../../../shared/query-optimizer/planner.ts';
import { createWhatIf } from '../../../../shared/query-optimizer/search/what-if.ts';
import { idOf, itemsOf, onColumn, type PlannedStatement, plannedPlanner } from '../planned.ts';
import { index } from '../snapshots.ts';

const statements: readonly PlannedStatement[] = [
  { id: 'felt', calls: 10, cost: 1_000, plans: [{ needs: ['a'], cost: 10 }] },
  { id: 'hardly', calls: 10, cost: 1_000, plans: [{ needs: ['b'], cost: 990 }] },
  {
    id: 'either',
    calls: 10,
    cost: 500,
    plans: [
      { needs: ['a'], cost: 20 },
      { needs: ['c'], cost: 15 },
    ],
  },
];
const options = { existing: [], writeCost: () => 0 };

async function open(planner: Planner = plannedPlanner(statements, () => 10)) {
  const whatIf = createWhatIf(planner, itemsOf(statements));
  await whatIf.propose(['a', 'b', 'c'].map(onColumn));
  return whatIf;
}

describe('trimming', () => {
  it('keeps what is felt with all others there, and says what it saves', async () => {
    const worths = await trim(await open(), ['a', 'b', 'c'].map(idOf), options);
    expect(worths.map(({ id, saved }) => [id, saved])).toEqual([[idOf('a'), 14_700]]);
  });

  it('takes out what makes a statement more than 10 % worse', async () => {
    const planner = plannedPlanner(statements, () => 10);
    const worse: Planner = {
      ...planner,
      async estimate(statement, indexes) {
        const answer = await planner.estimate(statement, indexes);
        const isHarmed = statement.sql === 'hardly' && indexes.includes(idOf('b'));
        return isHarmed && answer.kind === 'estimated' ? { ...answer, cost: 1_101 } : answer;
      },
    };
    const worths = await trim(await open(worse), ['b', 'a'].map(idOf), options);
    expect(worths.map(({ id }) => id)).toEqual([idOf('a')]);
  });

  it('asks more of an index that only adds columns to one that exists', async () => {
    const existing = [index('i', 't', 'a')];
    const wider: IndexDefinition = { ...onColumn('a'), included: ['more'] };
    const id = indexIdOf(wider);
    const planner: Planner = {
      ...plannedPlanner(statements, () => 10),
      estimate: async (_, indexes) => ({
        kind: 'estimated',
        cost: indexes.includes(id) ? 100 : 1_000,
        used: [...indexes],
        usedExisting: [],
      }),
    };
    const whatIf = createWhatIf(planner, itemsOf(statements.slice(0, 1)));
    await whatIf.propose([wider]);
    expect(await trim(whatIf, [id], { ...options, existing })).toEqual([]);
    expect(await trim(whatIf, [id], options)).toHaveLength(1);
  });
});

describe('shrinking', () => {
  const costs = (cost: (definitions: readonly string[]) => number): Planner => ({
    name: 'real',
    propose: async indexes =>
      new Map(
        indexes.map(each => [
          indexIdOf(each),
          { kind: 'ready', bytes: 10 * (each.keys.length + each.included.length) },
        ]),
      ),
    estimate: async (_, indexes) => ({
      kind: 'estimated',
      cost: cost(indexes),
      used: [...indexes],
      usedExisting: [],
    }),
    close: async () => {},
  });
  async function shrunk(cost: (definitions: readonly string[]) => number, definition: IndexDefinition) {
    const whatIf = createWhatIf(
      costs(cost),
      itemsOf([{ id: 'q', calls: 1, cost: 5_000, plans: [{ needs: ['a', 'b'], cost: 1 }] }]),
    );
    const chosen = await whatIf.propose([definition]);
    return (await shrink(whatIf, chosen, () => 0)).map(id => id.replace('"public"."t" USING ', ''));
  }
  const wide: IndexDefinition = { ...onColumn('a+b'), included: ['more'] };

  it('leaves out what no statement would miss', async () => {
    expect(await shrunk(indexes => (indexes.length > 0 ? 10 : 5_000), wide)).toEqual(['btree ("a")']);
  });

  it('keeps what a statement would miss', async () => {
    const covered = await shrunk(
      ([id = '']) => (id.includes('INCLUDE') ? 10 : id === '' ? 5_000 : 2_000),
      wide,
    );
    expect(covered).toEqual(['btree ("a") INCLUDE ("more")']);
    const second = await shrunk(([id = '']) => (id.includes('"b"') ? 10 : id === '' ? 5_000 : 2_000), wide);
    expect(second).toEqual(['btree ("a", "b")']);
  });
});
