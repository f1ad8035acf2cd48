import { describe, expect, it } from 'vitest';
import type { Advice } from '../../../../shared/query-optimizer/advise/advise.ts';
import { findDispensable } from '../../../../shared/query-optimizer/findings/dispensable.ts';
import { nameIndex } from '../../../../shared/query-optimizer/migration/name-index.ts';
import type { Planner } from '../../../../shared/query-optimizer/planner.ts';
import type { ExistingIndex } from '../../../../shared/query-optimizer/snapshot.ts';
import { idOf, onColumn } from '../planned.ts';
import { index, snapshotOf } from '../snapshots.ts';

const read = { scans: 5 };
const [a, ab, abc] = ['a', 'a b', 'a b c'].map(keys => index(keys.replaceAll(' ', ''), 't', keys, read));
const all = [a, ab, abc] as readonly ExistingIndex[];

/** One statement, whose plan uses the index `a` today, and what it costs without some. */
function advised(costOf: (without: readonly string[], proposed: readonly string[]) => number, columns = '') {
  const asked: (readonly string[])[] = [];
  const planner = {
    name: 'real',
    estimate: async (_: unknown, proposed: readonly string[], without: readonly string[] = []) => {
      asked.push(without);
      return { kind: 'estimated', cost: costOf(without, proposed), used: [], usedExisting: [] };
    },
  } as unknown as Planner;
  const before = { cost: 10, used: [], usedExisting: ['public.a'] };
  const chosen = columns === '' ? [] : [{ id: idOf(columns), definition: onColumn(columns) }];
  const advice = { items: [{ statement: {}, before }], chosen } as unknown as Advice;
  return { asked, advised: { advice, planner } };
}

const found = async (indexes: readonly ExistingIndex[], by?: ReturnType<typeof advised>) => {
  const { unused, redundant } = await findDispensable(snapshotOf({ indexes }), by?.advised);
  return {
    unused: unused.kind === 'known' ? unused.indexes.map(({ name }) => name) : [],
    redundant: redundant.map(({ index: { name }, by: { name: other } }) => `${name} by ${other}`),
  };
};

describe('indexes that a database can do without', () => {
  it('are never two of which only one could stand in for the other', async () => {
    const idle = index('idle', 't', 'a b');
    expect(await found([all[0] as ExistingIndex, idle])).toEqual({ unused: ['idle'], redundant: [] });
  });

  it('are told once, though an index that is there and a proposal do their work', async () => {
    const { redundant } = await found(
      all.slice(0, 2),
      advised(() => 10, 'a+b+c'),
    );
    expect(redundant).toEqual(['a by ab', `ab by ${nameIndex(onColumn('a+b+c'))}`]);
  });

  it('are those without which all together no statement is worse', async () => {
    const bothGone = (without: readonly string[]) =>
      without.includes('public.a') && without.includes('public.ab') ? 12 : 10;
    expect((await found(all, advised(bothGone))).redundant).toEqual(['a by ab']);
    expect(
      (
        await found(
          all,
          advised(() => 10.9),
        )
      ).redundant,
    ).toEqual(['a by ab', 'ab by abc']);
  });

  it('are asked about with the proposals there, where one of those is to do their work', async () => {
    const onlyA = all.slice(0, 1);
    const replaced = [`a by ${nameIndex(onColumn('a+b'))}`];
    const needed = (_: readonly string[], proposed: readonly string[]) => (proposed.length > 0 ? 10 : 500);
    expect((await found(onlyA, advised(needed, 'a+b'))).redundant).toEqual(replaced);
    expect(
      (
        await found(
          onlyA,
          advised(() => 500, 'a+b'),
        )
      ).redundant,
    ).toEqual([]);
  });

  it('are asked about with those of their partitions, which plans name', async () => {
    const whole = (name: string, keys: string) => index(name, 't', keys, read);
    const part = index('a', 't_1', 'a', { parent: { schema: 'public', name: 'whole_a' }, ...read });
    const partitioned = [whole('whole_a', 'a'), part, whole('whole_ab', 'a b')];
    const asking = advised(without => (without.includes('public.a') ? 900 : 10));
    expect((await found(partitioned, asking)).redundant).toEqual([]);
    expect(asking.asked).toEqual([['public.whole_a', 'public.a']]);
  });
});
