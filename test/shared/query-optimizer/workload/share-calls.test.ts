import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareCalls } from '../../../../shared/query-optimizer/workload/share-calls.ts';

const common = (share: number, rows?: number) => ({ share, rows });
const sum = (shares: readonly number[]) => shares.reduce((total, share) => total + share, 0);

describe('the share of the calls that ask for common values', () => {
  it('is what was thought before where no rows were counted', () => {
    expect(shareCalls([common(0.02, 300)], { rows: undefined, ordinaryRows: 3 })).toEqual([0.02]);
    expect(shareCalls([common(0.02)], { rows: 100, ordinaryRows: undefined })).toEqual([0.02]);
  });

  it('is what makes the rows that were returned', () => {
    expect(shareCalls([common(0.02, 20)], { rows: 10, ordinaryRows: 4 })).toEqual([(10 - 4) / (20 - 4)]);
    const [most = 0, many = 0] = shareCalls([common(0.03, 300), common(0.01, 100)], {
      rows: 130,
      ordinaryRows: 4,
    });
    expect(most / many).toBeCloseTo(3);
    expect(most * 300 + many * 100 + (1 - most - many) * 4).toBeCloseTo(130);
  });

  it.each([
    ['fewer rows than of ordinary values were returned', { rows: 1, ordinaryRows: 4 }],
    ['each value gives one row, as of a count', { rows: 1, ordinaryRows: 1 }],
  ])('stays where %s', (_why, observed) => {
    expect(shareCalls([common(0.02, observed.ordinaryRows)], observed)).toEqual([0.02]);
  });

  it('always leaves some to ordinary values, and never falls', () => {
    const rows = fc.double({ min: 0, max: 1e6, noNaN: true });
    const share = fc.double({ min: 0.001, max: 0.25, noNaN: true });
    fc.assert(
      fc.property(share, share, rows, rows, rows, rows, (one, two, first, second, observed, ordinary) => {
        const shares = shareCalls([common(one, first), common(two, second)], {
          rows: observed,
          ordinaryRows: ordinary,
        });
        expect(sum(shares)).toBeLessThanOrEqual(0.9 + 1e-9);
        expect(sum(shares)).toBeGreaterThanOrEqual((one + two) * (1 - 1e-9));
      }),
    );
  });
});
