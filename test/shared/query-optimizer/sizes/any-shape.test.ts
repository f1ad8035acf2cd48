/** What holds of the model whatever statistics say, right or wrong. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { btreePages } from '../../../../shared/query-optimizer/sizes/btree.ts';
import { ginSize } from '../../../../shared/query-optimizer/sizes/gin.ts';
import type {
  ElementShape,
  IndexShape,
  ShapedColumn,
  Widths,
} from '../../../../shared/query-optimizer/sizes/index-shape.ts';
import { brinSize, gistPages, hashPages } from '../../../../shared/query-optimizer/sizes/other-methods.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const edgeShare = fc.oneof(share, fc.constantFrom(0, 1));
/** Of every order of magnitude; whole, or a mean. */
const count = fc
  .tuple(fc.double({ min: 0, max: 12, noNaN: true }), fc.boolean())
  .map(([exponent, isWhole]) => (isWhole ? Math.round(10 ** exponent) : 10 ** exponent));
const distinct = fc.oneof(count, fc.constantFrom(0, 1));
/** They may add up to more than one. */
const shares = fc
  .array(edgeShare, { maxLength: 120 })
  .map(found => found.toSorted((one, other) => other - one));

const widths: fc.Arbitrary<Widths> = fc
  .array(fc.integer({ min: 0, max: 9_000 }), { minLength: 1, maxLength: 12 })
  .map(found => found.map(width => [width, 1 / found.length] as const));

const elements: fc.Arbitrary<ElementShape> = fc.record({
  perValue: fc.double({ min: 0, max: 10_000, noNaN: true }),
  distinct,
  width: fc.double({ min: 0, max: 9_000, noNaN: true }),
  commonShares: shares,
});

const column: fc.Arbitrary<ShapedColumn> = fc.record({
  isKey: fc.boolean(),
  length: fc.constantFrom(-1, 1, 2, 4, 8, 16, 64),
  alignment: fc.constantFrom(1, 2, 4, 8),
  averageWidth: fc.integer({ min: 0, max: 9_000 }),
  widths: fc.option(widths, { nil: undefined }),
  nullFraction: edgeShare,
  distinct,
  commonShares: shares,
  elements: fc.option(elements, { nil: undefined }),
});

/** An index has 32 columns at most. */
const shape: fc.Arbitrary<IndexShape> = fc
  .record({
    tableRows: fc.oneof(count, fc.constant(0)),
    indexed: edgeShare,
    tablePages: fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.constant(0)),
    isUnique: fc.boolean(),
    deduplicates: fc.boolean(),
    columns: fc.oneof(fc.array(column, { maxLength: 4 }), fc.array(column, { minLength: 32, maxLength: 32 })),
    fillFactor: fc.oneof(fc.integer({ min: 10, max: 100 }), fc.constantFrom(10, 100)),
    mostKeys: distinct.map(most => Math.max(1, most)),
  })
  .map(({ indexed, ...rest }) => ({ ...rest, rows: indexed * rest.tableRows }));

/** A list that moves from the only two pages of entries to one of its own leaves one page, and that needs no root: one is saved. */
const MOVED_OUT = 1;

const KINDS: readonly (readonly [kind: string, pagesOf: (of: IndexShape) => number, saved: number])[] = [
  ['B-tree', btreePages, 0],
  ['GIN', of => ginSize(of).pages, MOVED_OUT],
  ['BRIN', of => brinSize(of).pages, 0],
  ['hash index', hashPages, 0],
  ['GiST', gistPages, 0],
];

describe.each(KINDS)('the size of a %s', (_kind, pagesOf, saved) => {
  it('is a number of pages, two at least', () => {
    fc.assert(
      fc.property(shape, given => {
        expect(pagesOf(given)).toSatisfy((pages: number) => Number.isSafeInteger(pages) && pages >= 2);
      }),
      { numRuns: 200 },
    );
  });

  it('is no less with twice the rows', () => {
    fc.assert(
      fc.property(shape, given => {
        const twice = { ...given, rows: 2 * given.rows, tableRows: 2 * given.tableRows };
        expect(pagesOf(twice)).toBeGreaterThanOrEqual(pagesOf(given) - saved);
      }),
      { numRuns: 200 },
    );
  });
});
