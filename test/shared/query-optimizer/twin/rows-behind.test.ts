import { describe, expect, it } from 'vitest';
import { rowsBehind } from '../../../../shared/query-optimizer/twin/rows-behind.ts';

describe('the rows of a partial index', () => {
  it('are as many as the planner expects', () => {
    expect(rowsBehind(90_000, 4_500, 1)).toBe(4_500);
    expect(rowsBehind(90_000, 90_001, 2)).toBe(90_000);
  });

  it('are a third where that is what one of three equal values has', () => {
    expect(rowsBehind(90_000, 30_000, 1)).toBe(30_000);
  });

  it('are all of them where it cannot say', () => {
    expect(rowsBehind(90_000, undefined, 1)).toBe(90_000);
  });

  // PostgreSQL expects 200,045 of TPC-H's 600,135 lines where l_commitdate < l_receiptdate; there are 379,000.
  it('are more than a third where that is a guess, so that the built index keeps to its budget', () => {
    expect(rowsBehind(600_135, 200_045, 2) / 379_000).toBeGreaterThan(1);
  });
});
