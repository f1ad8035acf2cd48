/** Shares that fall with their rank as n^-slope do. */
import { describe, expect, it } from 'vitest';
import { restOf, slopeOf } from '../../../../shared/query-optimizer/sizes/rank-shares.ts';

const falling = (slope: number, first: number) =>
  Array.from({ length: 100 }, (_, at) => first * (at + 1) ** -slope);

describe('the shares of values that are not listed', () => {
  it.each([0, 0.4, 0.8])('fall on as the listed ones do: %d', slope => {
    expect(slopeOf(falling(slope, 0.004), 100)).toBeCloseTo(slope, 6);
  });

  it('are equal where the list is not full, for then it ended for want of common values', () => {
    expect(slopeOf(falling(0.8, 0.004).slice(0, 60), 100)).toBe(0);
    expect(restOf([0.5, 0.1], 0, 42)).toEqual([{ values: 40, shareEach: expect.closeTo(0.01, 9) }]);
  });

  it('make up what the listed ones leave, over as many values', () => {
    const listed = falling(0.6, 0.01);
    const rest = restOf(listed, 0.6, 30_000);
    const left = 1 - listed.reduce((sum, share) => sum + share, 0);
    expect(rest.reduce((sum, { values, shareEach }) => sum + values * shareEach, 0)).toBeCloseTo(left, 9);
    expect(rest.reduce((sum, { values }) => sum + values, 0)).toBeCloseTo(29_900, 6);
    expect(rest.length).toBeLessThan(70);
  });

  it.each([0, 0.6])('have an end beyond whole numbers too, at a slope of %d', slope => {
    const rest = restOf(falling(0.6, 0.01), slope, 1e18);
    expect(rest.length).toBeLessThan(300);
    expect(rest.reduce((sum, { values }) => sum + values, 0) / 1e18).toBeCloseTo(1, 9);
  });
});
