/** What PostgreSQL 15's ANALYZE said of columns whose values floor(random() * 70000) chose, beside how many values there were. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctBehind } from '../../../../shared/query-optimizer/sizes/sampled-distinct.ts';

const SAMPLED = 30_000;

const ANALYZED: readonly (readonly [rows: number, foretoldShare: number, values: number])[] = [
  [280_000, 0.209_096_43, 68_714],
  [140_000, 0.357_671_44, 60_509],
];

describe('the values behind what ANALYZE foretold', () => {
  it.each(ANALYZED)('of %d rows are as many as there were', (rows, share, values) => {
    const found = distinctBehind(share * rows, { rows, sampled: SAMPLED });
    expect(Math.abs(found / values - 1)).toBeLessThan(0.02);
    expect(Math.abs((share * rows) / values - 1)).toBeGreaterThan(0.14);
  });

  it('of a large table, whose equal values lie together, are as many as there were', () => {
    // TPC-H's lineitem at scale factor 1 by its order: 1,480,749 orders, of which ANALYZE foretold a quarter.
    const [rows, pages] = [5_990_382, 112_191];
    const sample = { rows, sampled: SAMPLED, pageShare: SAMPLED / pages, rowsPerPage: rows / pages };
    expect(Math.abs(distinctBehind(374_002, sample) / 1_480_749 - 1)).toBeLessThan(0.06);
  });

  it.each([1.5, 2, 3])('of which few have most rows are as many as there were: random() ^ %d', power => {
    const drawn = drawSkewed({ values: 40_000, rows: 200_000, power });
    const { foretold, commonShares } = analyzed(drawn.slice(0, SAMPLED), drawn.length);
    const found = distinctBehind(foretold, { rows: drawn.length, sampled: SAMPLED, commonShares });
    expect(Math.abs(found / new Set(drawn).size - 1)).toBeLessThan(0.08);
    expect(foretold / new Set(drawn).size).toBeLessThan(0.85);
  });

  it('are what was counted where every row was sampled', () => {
    expect(distinctBehind(21_000, { rows: 26_250, sampled: SAMPLED })).toBe(21_000);
  });

  it('are one for each row where they are unique, and hardly more where they are few', () => {
    expect(distinctBehind(140_000, { rows: 140_000, sampled: SAMPLED })).toBe(140_000);
    expect(distinctBehind(100, { rows: 140_000, sampled: SAMPLED })).toBeCloseTo(100, 3);
  });

  it('are never fewer than foretold, nor more than rows, and grow with what was foretold', () => {
    const share = fc.double({ min: 0.0001, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), share, share, (rows, one, other) => {
        const [few, many] = [Math.min(one, other) * rows, Math.max(one, other) * rows];
        const found = distinctBehind(few, { rows, sampled: SAMPLED });
        expect(found).toBeGreaterThanOrEqual(few);
        expect(found).toBeLessThanOrEqual(rows);
        expect(distinctBehind(many, { rows, sampled: SAMPLED })).toBeGreaterThanOrEqual(found * (1 - 1e-9));
      }),
      { numRuns: 200 },
    );
  });

  it('are never fewer than foretold, nor more than rows, whatever the shares of common ones', () => {
    const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(0));
    const shares = fc.array(share, { minLength: 100, maxLength: 120, size: 'max' });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), share, shares, (rows, part, listed) => {
        const commonShares = listed.toSorted((one, other) => other - one);
        const found = distinctBehind(part * rows, { rows, sampled: 300, commonShares });
        expect(found).toBeGreaterThanOrEqual(part * rows);
        expect(found).toBeLessThanOrEqual(rows);
      }),
      { numRuns: 100 },
    );
  });
});

function drawSkewed({ values, rows, power }: Record<'values' | 'rows' | 'power', number>): readonly number[] {
  let state = 1;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from({ length: rows }, () => Math.floor(values * random() ** power));
}

/** As compute_scalar_stats: Duj1, and the hundred values that came most often, each more than once. */
function analyzed(sample: readonly number[], rows: number) {
  const counts = new Map<number, number>();
  for (const value of sample) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sampled = sample.length;
  const once = [...counts.values()].filter(count => count === 1).length;
  const common = [...counts.values()].sort((a, b) => b - a).slice(0, 100);
  return {
    foretold: (sampled * counts.size) / (sampled - once + (once * sampled) / rows),
    commonShares: common.map(count => count / sampled),
  };
}
