import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShapedColumn, Widths } from '../../../../shared/query-optimizer/sizes/index-shape.ts';
import { tupleWidth } from '../../../../shared/query-optimizer/sizes/tuple-width.ts';

const fixed = (length: number, rest: Partial<ShapedColumn> = {}): ShapedColumn => ({
  isKey: true,
  length,
  alignment: length,
  averageWidth: length,
  nullFraction: 0,
  distinct: 1,
  commonShares: [],
  elements: undefined,
  ...rest,
});
const varying = (widths: Widths, rest: Partial<ShapedColumn> = {}): ShapedColumn =>
  fixed(-1, { alignment: 4, averageWidth: 0, widths, ...rest });

describe('the width of an entry', () => {
  it.each([
    ['four bytes', [fixed(4)], 16],
    ['eight bytes', [fixed(8)], 16],
    ['four and eight, which begin at eight', [fixed(4), fixed(8)], 24],
    ['a short text, packed behind four bytes', [fixed(4), varying([[4, 1]])], 16],
    ['a long text, which begins at four', [fixed(1), varying([[200, 1]])], 8 + 4 + 200 + 4],
    [
      'half of the texts one byte over',
      [
        varying([
          [8, 0.5],
          [9, 0.5],
        ]),
      ],
      20,
    ],
    [
      'nulls, which bring their bitmap and no bytes',
      [fixed(8, { nullFraction: 0.25 })],
      0.75 * 16 + 0.25 * 16,
    ],
    ['one null of two', [fixed(4), fixed(8, { nullFraction: 0.5 })], 0.5 * 24 + 0.5 * 24],
  ] as const)('of %s', (_what, columns, bytes) => {
    expect(tupleWidth(columns)).toBeCloseTo(bytes, 9);
  });

  it('is the mean over all that may meet, each rounded up', () => {
    const widths = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 9 })), {
        minLength: 1,
        maxLength: 6,
      })
      .map(pairs => {
        const all = pairs.reduce((sum, [, weight]) => sum + weight, 0);
        return pairs.map(([width, weight]) => [width, weight / all] as const);
      });
    fc.assert(
      fc.property(widths, widths, fc.double({ min: 0, max: 1, noNaN: true }), (one, other, nullFraction) => {
        const columns = [varying(one), fixed(4), varying(other, { nullFraction })];
        expect(tupleWidth(columns)).toBeCloseTo(meanOfAll(one, other, nullFraction), 6);
      }),
      { numRuns: 200 },
    );
  });
});

const up = (bytes: number, to: number): number => Math.ceil(bytes / to) * to;

function meanOfAll(one: Widths, other: Widths, nullFraction: number): number {
  let mean = 0;
  for (const [first, share] of one) {
    const before = up(first, 4) + 4;
    mean += share * nullFraction * up(16 + before, 8);
    for (const [last, part] of other) {
      const start = last > 127 ? up(before, 4) : before;
      mean += share * (1 - nullFraction) * part * up(8 + start + last, 8);
    }
  }
  return mean;
}
