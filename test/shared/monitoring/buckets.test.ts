import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BOUNDS, bucketOf, LAST_BUCKET, middleOf, SHOWN_BOUNDS } from '../../../shared/monitoring/buckets.ts';

describe('the bounds', () => {
  test('ascend, and no bucket is so wide that its middle is more than 6 % from its ends', () => {
    const ratios = [...BOUNDS].slice(1).map((bound, at) => bound / (BOUNDS[at] ?? Number.NaN));
    expect(Math.min(...ratios)).toBeGreaterThan(1);
    expect(Math.sqrt(Math.max(...ratios)) - 1).toBeLessThan(0.06);
  });

  test.each([1, 2, 5, 10, 50, 100, 500, 1_000, 2_000, 5_000, 10_000])(
    '%i ms is one: what is asked about it is exact',
    ms => {
      expect(BOUNDS).toContain(ms);
      expect(SHOWN_BOUNDS).toContain(ms);
      expect(bucketOf(ms * 1.000_001)).toBe(bucketOf(ms) + 1);
    },
  );

  test('Prometheus is shown few of them', () => {
    expect(SHOWN_BOUNDS).toEqual([1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5]);
  });
});

describe('a value', () => {
  test('is in the one bucket that it fits', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.500_001, max: 1e5, noNaN: true }), value => {
        const bucket = bucketOf(value);
        expect(value).toBeGreaterThan(BOUNDS[bucket - 1] ?? Number.NaN);
        expect(value).toBeLessThanOrEqual(BOUNDS[bucket] ?? Number.NaN);
        expect(Math.abs(middleOf(bucket) / value - 1)).toBeLessThan(0.06);
      }),
    );
  });

  test.each([0, -0, -5, 0.5, Number.NaN, Number.NEGATIVE_INFINITY])('of %d counts as nothing', value => {
    expect(bucketOf(value)).toBe(0);
    expect(middleOf(0)).toBe(0);
  });

  test.each([100_001, 1e12, Number.POSITIVE_INFINITY])('of %d is above the last bound', value => {
    expect(bucketOf(value)).toBe(LAST_BUCKET);
    expect(middleOf(LAST_BUCKET)).toBe(100_000);
  });
});
