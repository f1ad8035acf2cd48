import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatRows, rowsOf } from '../telling/table.ts';
import { figuresOf, levelsOf, type Sample } from './figures.ts';
import { outcomeOf } from './outcome.ts';
import { ascending, percentile } from './percentile.ts';

describe('a percentile', () => {
  test('is the value of the nearest rank', () => {
    const values = ascending([30, 10, 20, 40]);
    expect([0, 0.25, 0.5, 0.51, 0.75, 1].map(share => percentile(values, share))).toEqual([
      10, 10, 20, 30, 30, 40,
    ]);
    expect(percentile([], 0.5)).toBeNaN();
  });

  test('leaves at most its share of the values below it, and is one of them', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (unsorted, share) => {
        const found = percentile(ascending(unsorted), share);
        const below = unsorted.filter(value => value < found).length;
        return unsorted.includes(found) && below <= unsorted.length * share;
      }),
    );
  });
});

test.each([
  ['Headrace; hit; ttl=42; detail=L1', 'L1'],
  ['Headrace; hit; ttl=-3', 'L1'],
  ['Headrace; hit; ttl=42; detail=L2', 'L2'],
  ['Headrace; fwd=uri-miss; fwd-status=200; stored', 'miss'],
  ['Headrace; fwd=uri-miss; collapsed', 'collapsed'],
  ['Headrace; fwd=method', 'passed'],
  ['Other; hit, Headrace; fwd=stale; fwd-status=304', 'miss'],
  ['Other; hit', undefined],
  [undefined, undefined],
])('%s is told as %s', (said, outcome) => expect(outcomeOf(said)).toBe(outcome));

const sample = (tookMs: number, outcome?: Sample['outcome'], isRead = true): Sample => ({
  tookMs,
  outcome,
  isRead,
});
const direct = figuresOf(
  { samples: [sample(20), sample(40), sample(60)], elapsedMs: 500, wireBytes: 9_000_000 },
  { originRequests: 3, queries: 30, redis: undefined },
);
const edge = figuresOf(
  {
    samples: [sample(1, 'L1'), sample(2, 'L2'), sample(40, 'passed', false)],
    elapsedMs: 50,
    wireBytes: 3_000_000,
  },
  { originRequests: 1, queries: 3, redis: { trips: 6, commands: 7, billed: 9 } },
);

test('levels are shares of what was read', () => {
  expect(levelsOf([sample(1, 'L1'), sample(1, 'miss'), sample(1, 'passed', false)])).toMatchObject({
    L1: 0.5,
    miss: 0.5,
    passed: 0,
  });
  expect(levelsOf([sample(1)])).toBeUndefined();
  expect(edge.hitRatio).toBe(1);
});

test('the table sets before beside after, and says how many times better', () => {
  const rows = Object.fromEntries(rowsOf(direct, edge).map(row => [row.name.trim(), row]));
  expect(rows.p50).toMatchObject({ direct: '40.0 ms', edge: '2.00 ms', gain: '20 ×' });
  expect(rows['requests/s']).toMatchObject({ direct: '6', edge: '60', gain: '10 ×' });
  expect(rows['bytes on the wire']).toMatchObject({ direct: '9.0 MB', edge: '3.0 MB', gain: '3.0 ×' });
  expect(rows['database queries a request']).toMatchObject({ direct: '10.00', edge: '1.00', gain: '10 ×' });
  expect(rows['hit ratio']).toMatchObject({ direct: '–', edge: '100.0 %' });
  expect(rows['Redis trips a request']).toMatchObject({ direct: '–', edge: '2.00' });
  expect(rows['Redis commands billed a request']).toMatchObject({ edge: '3.00' });
  const lines = formatRows(rowsOf(direct, edge)).split('\n');
  expect(new Set(lines.map(line => line.indexOf('ms')).filter(at => at >= 0)).size).toBe(1);
});
