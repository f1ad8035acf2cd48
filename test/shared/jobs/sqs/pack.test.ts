import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packBatches } from '../../../../shared/jobs/sqs/pack.ts';

const MIB = 1024 * 1024;

describe('what travels together', () => {
  it('is ten at most, in order', () => {
    const bodies = Array.from({ length: 23 }, () => 'x');
    expect(packBatches(bodies).map(batch => batch.length)).toEqual([10, 10, 3]);
    expect(packBatches(bodies).flat()).toEqual(bodies.map((_, at) => at));
  });

  it('weighs no more than a request may, counted in bytes and not in characters', () => {
    const half = '東'.repeat(MIB / 2 / 3);
    expect(packBatches([half, half, half])).toEqual([[0, 1], [2]]);
    expect(packBatches([`${half}abcde`, half, 'abc'])).toEqual([[0], [1, 2]]);
  });

  it('leaves out what no request can carry', () => {
    expect(packBatches(['a', 'x'.repeat(MIB + 1), 'b', 'y'.repeat(MIB)])).toEqual([[0, 2], [3]]);
  });

  it('is nothing of nothing', () => {
    expect(packBatches([])).toEqual([]);
  });

  it('holds every message that fits once, within both bounds', () => {
    const sizes = fc.array(fc.oneof(fc.nat(200), fc.nat(MIB + 100)), { maxLength: 60 });
    fc.assert(
      fc.property(sizes, lengths => {
        const batches = packBatches(lengths.map(length => 'x'.repeat(length)));
        const fitting = [...lengths.keys()].filter(at => (lengths[at] ?? 0) <= MIB);
        expect(batches.flat()).toEqual(fitting);
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(10);
          expect(batch.reduce((sum, at) => sum + (lengths[at] ?? 0), 0)).toBeLessThanOrEqual(MIB);
        }
      }),
      { numRuns: 50 },
    );
  });
});
