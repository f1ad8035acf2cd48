import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IndexShape, ShapedColumn } from '../../../../shared/query-optimizer/sizes/index-shape.ts';
import { keyGroups } from '../../../../shared/query-optimizer/sizes/key-groups.ts';

const column = (distinct: number, rest: Partial<ShapedColumn> = {}): ShapedColumn => ({
  isKey: true,
  length: 4,
  alignment: 4,
  averageWidth: 4,
  nullFraction: 0,
  distinct,
  commonShares: [],
  elements: undefined,
  ...rest,
});

const groupsOf = (rows: number, ...columns: ShapedColumn[]) => groupsBehind(rows, rows, ...columns);

const groupsBehind = (rows: number, tableRows: number, ...columns: ShapedColumn[]) => {
  const shape: IndexShape = {
    rows,
    tableRows,
    tablePages: 1,
    isUnique: false,
    deduplicates: true,
    columns,
    fillFactor: 90,
  };
  const groups = keyGroups(shape);
  return {
    groups,
    keys: groups.reduce((sum, { keys }) => sum + keys, 0),
    rows: groups.reduce((sum, { keys, rowsEach }) => sum + keys * rowsEach, 0),
  };
};

describe('the rows of an index among its keys', () => {
  it('are all there, and so are the keys, however many rows each has', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 1_000_000 }),
        fc.double({ min: 1, max: 50, noNaN: true }),
        (rows, each) => {
          const found = groupsOf(rows, column(rows / each));
          expect(found.rows / rows).toBeCloseTo(1, 3);
          expect(found.keys / (rows / each)).toBeCloseTo(1, 2);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('are nulls and common values first, each one key', () => {
    const { groups } = groupsOf(1_000, column(52, { nullFraction: 0.3, commonShares: [0.2, 0.1] }));
    expect(groups.slice(0, 3).map(({ keys, rowsEach }) => [keys, Math.round(rowsEach)])).toEqual([
      [1, 300],
      [1, 200],
      [1, 100],
    ]);
  });

  it('of two columns are as many keys as rows meet combinations by chance', () => {
    // A thousand rows thrown into a thousand combinations hit 1 - 1/e of them.
    expect(groupsOf(1_000, column(10), column(100)).keys).toBeCloseTo(632, -1);
  });

  it('of a part of the table are the keys of which chance left a row in it', () => {
    // Of four rows a half stays: all four are gone of one key in sixteen.
    expect(groupsBehind(20_000, 40_000, column(10_000)).keys).toBeCloseTo(10_000 * (15 / 16), -1);
    // Of one row a half stays.
    expect(groupsBehind(5_000, 10_000, column(10_000)).keys).toBeCloseTo(5_000, 0);
    expect(groupsBehind(20_000, 40_000, column(5)).keys).toBeCloseTo(5, 3);
  });
});
