import { expect, it } from 'vitest';
import {
  savingsByStatement,
  wholeStatements,
} from '../../../../shared/query-optimizer/report/whole-statements.ts';
import type { WorkloadItem } from '../../../../shared/query-optimizer/workload/open-workload.ts';

const part = (id: string, share: number, cost: number): WorkloadItem => ({
  statement: { id, sql: `${id} ${share}`, normalized: true },
  sql: id,
  fingerprint: id,
  share,
  calls: share * 70,
  totalMs: share * 7,
  rows: undefined,
  accesses: [],
  before: { cost, used: [], usedExisting: [] },
  writes: [],
});
const ITEMS = [part('a', 0.7, 10), part('b', 1, 5), part('a', 0.2, 100), part('a', 0.1, 200)];
const AFTER = [
  { cost: 10, used: [] },
  { cost: 5, used: [] },
  { cost: 50, used: ['i'] },
  { cost: 50, used: ['i'] },
];

it('a statement that was judged by several values is one again, at its mean cost and with all its calls', () => {
  const [a, b, ...others] = wholeStatements(ITEMS, AFTER);
  expect(others).toEqual([]);
  expect(a).toMatchObject({ calls: 70, totalMs: 7, used: ['i'] });
  expect(a?.before).toBeCloseTo(0.7 * 10 + 0.2 * 100 + 0.1 * 200);
  expect(a?.after).toBeCloseTo(0.7 * 10 + 0.3 * 50);
  expect(b).toMatchObject({ calls: 70, before: 5, after: 5, used: [] });
});

it('what an index saves a statement is the mean of the values for which it is used', () => {
  const savings = new Map([
    [2, { without: 100, with: 50, calls: 14 }],
    [3, { without: 200, with: 50, calls: 7 }],
  ]);
  const [saving, ...others] = savingsByStatement(ITEMS, savings);
  expect(others).toEqual([]);
  expect(saving).toMatchObject({ id: 'a', with: 50 });
  expect(saving?.without).toBeCloseTo(400 / 3);
});
