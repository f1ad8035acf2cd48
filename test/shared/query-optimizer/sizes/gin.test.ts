/**
 * The model of GIN's sizes beside indexes that PostgreSQL 15 built over 60,000 documents in 4,784 pages, bytes as
 * pg_relation_size gave them.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ginSize } from '../../../../shared/query-optimizer/sizes/gin.ts';
import type { ElementShape, IndexShape } from '../../../../shared/query-optimizer/sizes/index-shape.ts';

const [ROWS, PAGES] = [60_000, 4_784];

const shape = (elements: ElementShape, rest: Partial<IndexShape> = {}): IndexShape => ({
  rows: ROWS,
  tableRows: ROWS,
  tablePages: PAGES,
  isUnique: false,
  deduplicates: false,
  fillFactor: 90,
  columns: [
    {
      isKey: true,
      length: -1,
      alignment: 4,
      averageWidth: 40,
      nullFraction: 0,
      distinct: ROWS,
      commonShares: [],
      elements,
    },
  ],
  ...rest,
});

const bytesOf = (elements: ElementShape): number => ginSize(shape(elements)).pages * 8_192;

/** Of 400 tags, each row drew one to six by the square of a random number, equal ones once. */
const TAG_SHARES = Array.from({ length: 400 }, (_, at) => {
  const drawn = Math.sqrt((at + 1) / 400) - Math.sqrt(at / 400);
  return [1, 2, 3, 4, 5, 6].reduce((sum, draws) => sum + (1 - (1 - drawn) ** draws) / 6, 0);
});

describe('the size of a GIN', () => {
  it.each([
    ['four of a thousand numbers a row', { perValue: 4, distinct: 1_000, width: 4 }, 1_187_840],
    ['two of six trigrams a row, each list in a tree', { perValue: 2, distinct: 6, width: 4 }, 262_144],
    [
      'some of 400 tags a row, few of them common',
      {
        perValue: TAG_SHARES.reduce((sum, share) => sum + share, 0),
        distinct: 400,
        width: 7,
        commonShares: TAG_SHARES,
      },
      827_392,
    ],
  ] as const)('of %s is within 10 %% of the built one', (_what, elements, built) => {
    expect(Math.abs(bytesOf(elements) / built - 1)).toBeLessThan(0.1);
  });

  it('has as many entries as there are elements, however they are told', () => {
    const { entries } = ginSize(shape({ perValue: 2, distinct: 50, width: 4, commonShares: [0.5, 0.25] }));
    expect(entries).toBe(50);
  });

  it('grows with the rows, and with their elements', () => {
    const count = fc.integer({ min: 1, max: 5_000 });
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 60 }), (distinct, perValue) => {
        const elements = { perValue, distinct, width: 8 };
        const pages = (of: ElementShape, rows = ROWS) => ginSize(shape(of, { rows, tableRows: rows })).pages;
        expect(pages({ ...elements, perValue: perValue + 1 })).toBeGreaterThanOrEqual(pages(elements));
        expect(pages(elements, ROWS * 2)).toBeGreaterThanOrEqual(pages(elements));
      }),
      { numRuns: 100 },
    );
  });
});
