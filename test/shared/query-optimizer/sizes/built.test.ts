/**
 * The model of sizes beside indexes that PostgreSQL 18 built: a table of 200,000 rows in 2,476 pages, its columns scattered by a
 * hash, sizes as pg_relation_size gave them after CREATE INDEX.
 */
import { describe, expect, it } from 'vitest';
import { btreePages } from '../../../../shared/query-optimizer/sizes/btree.ts';
import { ginSize } from '../../../../shared/query-optimizer/sizes/gin.ts';
import type { IndexShape, ShapedColumn } from '../../../../shared/query-optimizer/sizes/index-shape.ts';
import { brinSize, gistPages, hashPages } from '../../../../shared/query-optimizer/sizes/other-methods.ts';
import { btreeLevel } from '../../../../shared/query-optimizer/twin/index-heads.ts';

const ROWS = 200_000;

const column = (length: number, distinct: number, rest: Partial<ShapedColumn> = {}): ShapedColumn => ({
  isKey: true,
  length,
  alignment: 4,
  averageWidth: length,
  nullFraction: 0,
  distinct,
  commonShares: [],
  elements: undefined,
  ...rest,
});

const COLUMNS = {
  id: column(4, ROWS),
  thousand: column(4, 1024),
  eight: column(4, 8, { commonShares: Array(8).fill(0.125) }),
  /** numeric(10,2): equal values need not be equal bytes, so each is kept. */
  price: column(-1, 51_659, { averageWidth: 6 }),
  hash: column(-1, ROWS, { averageWidth: 33, widths: [[33, 1]] }),
  day: column(4, 2048),
  part: column(4, 256, { nullFraction: 0.25 }),
};

const shape = (columns: readonly ShapedColumn[], rest: Partial<IndexShape> = {}): IndexShape => ({
  rows: ROWS,
  tableRows: rest.rows ?? ROWS,
  tablePages: 2476,
  isUnique: false,
  deduplicates: true,
  columns,
  fillFactor: 90,
  ...rest,
});

const { id, thousand, eight, price, hash, day, part } = COLUMNS;
const included = (of: ShapedColumn): ShapedColumn => ({ ...of, isKey: false });

const BUILT: readonly (readonly [what: string, shape: IndexShape, pages: number])[] = [
  ['a key of four bytes, all different', shape([id]), 551],
  ['a unique one', shape([id], { isUnique: true }), 551],
  ['a thousand values', shape([thousand]), 173],
  ['eight values', shape([eight]), 171],
  ['numbers without equal bytes', shape([price], { deduplicates: false }), 552],
  ['texts of 32 letters', shape([hash]), 1444],
  ['two thousand days', shape([day]), 174],
  ['two columns', shape([eight, day]), 217],
  ['two columns, few combinations', shape([thousand, eight]), 190],
  ['a quarter of nulls', shape([part]), 174],
  ['a date and a number', shape([day, price], { deduplicates: false }), 773],
  ['one included', shape([id, included(day)]), 551],
  ['a number included', shape([day, included(price)]), 773],
];

describe('the size of a B-tree', () => {
  it('of texts that most rows lack is told by the texts, and not by their mean with nothing', () => {
    // 42,000 rows, of which 16,870 have an address of 25 letters: 124 pages by PostgreSQL 15.
    const address = column(-1, 16_870, { averageWidth: 25, widths: [[26, 1]], nullFraction: 0.5983 });
    expect(Math.abs(btreePages(shape([address], { rows: 42_000 })) / 124 - 1)).toBeLessThan(0.03);
  });

  it.each(BUILT)('of %s is within 8 %% of the built one', (_what, given, pages) => {
    expect(Math.abs(btreePages(given) / pages - 1)).toBeLessThan(0.08);
  });

  it.each([
    ['four', 280_000, 68_714, 3.65],
    ['two', 140_000, 60_509, 2.38],
  ])(
    'of keys that chance gave some %s rows each is within 2 %% of the built one',
    (_few, rows, keys, megabytes) => {
      const key = column(8, keys, { alignment: 8 });
      expect(Math.abs((btreePages(shape([key], { rows })) * 8192) / (megabytes * 1e6) - 1)).toBeLessThan(
        0.02,
      );
    },
  );

  it.each([
    [40, 100, 93],
    [780, 20, 637],
    [790, 20, 1_299],
    [900, 20, 1_668],
  ])(
    'of texts of %d letters, which are kept once only where two rows fit a list, is within 4 %%',
    (letters, keys, pages) => {
      const stored = letters + (letters < 127 ? 1 : 4);
      const rows = keys === 100 ? 100_000 : 10_000;
      const text = column(-1, keys, { averageWidth: stored, widths: [[stored, 1]] });
      const equal = { ...text, commonShares: Array(keys).fill(1 / keys) };
      expect(Math.abs(btreePages(shape([equal], { rows })) / pages - 1)).toBeLessThan(0.04);
    },
  );

  it('is a meta page and a root where there are no rows', () => {
    expect(btreePages(shape([id], { rows: 0 }))).toBe(2);
  });

  it('decides how high it stands', () => {
    expect([2, 3, 300, 301, 85_000, 85_001].map(btreeLevel)).toEqual([0, 1, 1, 2, 2, 3]);
  });
});

describe('the size of another index', () => {
  it('of a hash index is within 8 % of the built ones', () => {
    expect(Math.abs(hashPages(shape([id])) / 822 - 1)).toBeLessThan(0.08);
    expect(Math.abs(hashPages(shape([hash])) / 815 - 1)).toBeLessThan(0.08);
  });

  it('of a BRIN is a few pages', () => {
    expect(brinSize(shape([id])).pages).toBe(3);
    expect(brinSize(shape([id, day])).pages).toBe(3);
  });

  it('of a GIN grows with the elements, and of a GiST with the rows', () => {
    const tags = (perValue: number) =>
      ginSize(shape([column(-1, ROWS, { elements: { perValue, distinct: 1000, width: 8 } })]));
    expect(tags(8).pages).toBeGreaterThan(tags(2).pages * 2);
    expect(tags(8).entries).toBe(1000);
    expect(gistPages(shape([day]))).toBeGreaterThan(btreePages(shape([id])));
  });
});
