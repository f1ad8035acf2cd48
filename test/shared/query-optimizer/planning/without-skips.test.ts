import { describe, expect, it } from 'vitest';
import { indexIdOf } from '../../../../shared/query-optimizer/index-sql.ts';
import type { IndexDefinition, IndexScan, Planner } from '../../../../shared/query-optimizer/planner.ts';
import { withoutSkips } from '../../../../shared/query-optimizer/planning/without-skips.ts';
import type { ExistingIndex, Snapshot } from '../../../../shared/query-optimizer/snapshot.ts';
import { onColumn } from '../planned.ts';

const [kind, place] = ['kind', 'place'].map(onColumn) as [IndexDefinition, IndexDefinition];
const index: IndexDefinition = { ...kind, keys: [...kind.keys, ...place.keys] };
const id = indexIdOf(index);
const PAGES = 100;

type Scan = Partial<IndexScan>;

/** Goes through the index as told while that is on, or through the existing one, and else through the table. */
function planner(scan: Scan): Planner {
  return {
    name: 'twin',
    propose: async indexes =>
      new Map(indexes.map(each => [indexIdOf(each), { kind: 'ready', bytes: PAGES * 8192 }])),
    async estimate(_statement, on, without = []) {
      const through = scan.index ?? id;
      const isThere = on.includes(through) || (scan.index !== undefined && !without.includes(through));
      if (!isThere) return { kind: 'estimated', cost: 1_000, used: [], usedExisting: [] };
      const told = { index: id, cost: 8, alias: 't', condition: "(t.place = 'x'::text)", ...scan };
      return { kind: 'estimated', cost: 10, used: on, usedExisting: [], scans: [told] };
    },
    async close() {},
  };
}

const source = (versionNumber: number, indexes: readonly Partial<ExistingIndex>[] = []) =>
  ({ server: { versionNumber }, indexes }) as unknown as Snapshot;

async function costOf(inner: Planner, from: Snapshot): Promise<number> {
  const asked = withoutSkips(inner, from);
  await asked.propose([index]);
  const estimated = await asked.estimate({ sql: 'SELECT 1', normalized: false }, [id]);
  return estimated.kind === 'estimated' ? estimated.cost : Number.NaN;
}

describe('the twin of a server before 18', () => {
  it('has no plan that skips through an index by its later key', async () => {
    expect(await costOf(planner({}), source(150_000))).toBe(1_000);
    expect(await costOf(planner({}), source(180_000))).toBe(10);
  });

  it.each<[string, Scan]>([
    ['searches the first key', { condition: "((t.kind = 'a'::text) AND (t.place = 'x'::text))" }],
    ['reads the index from end to end', { condition: undefined }],
    ['finds by a later key at what reading the index whole costs', { cost: PAGES }],
    ['calls its relation by what needs quotes', { alias: 'T', condition: '("T".kind = u.place)' }],
  ])('keeps one that %s', async (_what, scan) => {
    expect(await costOf(planner(scan), source(150_000))).toBe(10);
  });

  it('is not deceived by a column of the same name elsewhere', async () => {
    expect(await costOf(planner({ condition: '(t.place = kind.kind)' }), source(150_000))).toBe(1_000);
    expect(await costOf(planner({ condition: '(t.place = t.kinder)' }), source(150_000))).toBe(1_000);
  });

  it('skips through none that is there already, either', async () => {
    const keys = [{ text: 'kind', isExpression: false }] as unknown as ExistingIndex['keys'];
    const existing = { schema: 'public', name: 'i', method: 'btree', keys, pages: PAGES };
    expect(await costOf(planner({ index: 'public.i' }), source(150_000, [existing]))).toBe(1_000);
  });
});
