import { expect, it } from 'vitest';
import { distinctValues, sampledRows } from '../../../../shared/query-optimizer/twin/distinct-values.ts';
import { aSnapshot, columnStatistics } from './sources.ts';

const table = { rows: 10_000, pages: 100, sampled: 30_000 };
const known = (rest: Parameters<typeof columnStatistics>[2]) => columnStatistics('person', 'name', rest);

it('values of which nothing is known are two hundred, as the planner has it, or one for each row', () => {
  expect(distinctValues(undefined, table)).toBe(200);
  expect(distinctValues(known({ distinct: 0, nullFraction: 1 }), { ...table, rows: 7 })).toBe(7);
});

it('they are a number, or a share of the rows, where all rows were looked at', () => {
  expect(distinctValues(known({ distinct: 42 }), table)).toBe(42);
  expect(distinctValues(known({ distinct: -0.5 }), table)).toBe(5_000);
});

it('they are more than was foretold where chance put them, and many more where equal ones lie together', () => {
  const large = { rows: 6_000_000, pages: 112_000, sampled: 30_000 };
  const [scattered, together] = [0, 1].map(correlation =>
    distinctValues(known({ distinct: 370_000, correlation }), large),
  ) as [number, number];
  expect(scattered).toBeGreaterThan(370_000);
  expect(together).toBeGreaterThan(3 * 370_000);
});

it('ANALYZE looks at more rows where finer histograms are wanted', () => {
  const rowsAt = (target: string) =>
    sampledRows(aSnapshot({ server: { settings: { default_statistics_target: target } } }));
  expect(sampledRows(aSnapshot({}))).toBe(30_000);
  expect(rowsAt('1000')).toBe(300_000);
});
