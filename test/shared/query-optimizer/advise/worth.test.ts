import { describe, expect, it } from 'vitest';
import { isWorth } from '../../../../shared/query-optimizer/advise/worth.ts';

const options = { isCoveringOnly: false, total: 10_000, writeCost: 0 };
const saving = (without: number, after: number, calls = 1) => ({ without, with: after, calls });

describe('an index is worth its place', () => {
  it('when a statement and the workload feel it', () => {
    expect(isWorth([saving(1_000, 100)], options)).toBe(true);
  });

  it('not for what a few cached pages cost, however often', () => {
    expect(isWorth([saving(8.4, 4.4, 1_000_000)], options)).toBe(false);
  });

  it('not for a share of the workload that nobody feels', () => {
    expect(isWorth([saving(1_000, 975)], options)).toBe(false);
    expect(isWorth([saving(100_000, 99_000)], options)).toBe(false);
  });

  it('for little in all only beside others, and where its statement is clearly cheaper', () => {
    const beside = { ...options, leastShare: 0.0005 };
    expect(isWorth([saving(400, 375)], options)).toBe(false);
    expect(isWorth([saving(400, 375)], beside)).toBe(true);
    expect(isWorth([saving(1_000, 975)], beside)).toBe(false);
  });

  it('not when writes cost as much', () => {
    expect(isWorth([saving(1_000, 100)], { ...options, writeCost: 900 })).toBe(false);
  });

  it('not for sparing the way to the table, unless that is long', () => {
    const covering = { ...options, isCoveringOnly: true };
    expect(isWorth([saving(900, 100)], covering)).toBe(false);
    expect(isWorth([saving(2_000, 100)], covering)).toBe(true);
  });
});
