import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CATALOGUE } from '../../../../shared/jobs/catalogue.ts';
import { decideBackoffMs } from '../../../../shared/jobs/worker/backoff.ts';

const specs = fc.constantFrom(...Object.values(CATALOGUE));
const chances = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

it('stays between nothing and its cap, whatever the attempt', () => {
  fc.assert(
    fc.property(specs, fc.integer({ min: 1, max: 1_000 }), chances, ({ backoff }, attempt, chance) => {
      const ms = decideBackoffMs(backoff, attempt, () => chance);
      expect(Number.isSafeInteger(ms)).toBe(true);
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThanOrEqual(backoff.capMs);
      expect(ms).toBeLessThanOrEqual(backoff.baseMs * 2 ** (attempt - 1));
    }),
  );
});

it('doubles its bound until the cap', () => {
  const backoff = { baseMs: 2_000, capMs: 15_000 };
  const most = [1, 2, 3, 4, 5].map(attempt => decideBackoffMs(backoff, attempt, () => 1 - Number.EPSILON));
  expect(most).toEqual([1_999, 3_999, 7_999, 14_999, 14_999]);
});

it('is half of its bound on average, and no two are in step', () => {
  const waits = Array.from({ length: 20_000 }, () =>
    decideBackoffMs({ baseMs: 1_000_000, capMs: 1e9 }, 3, Math.random),
  );
  const mean = waits.reduce((sum, ms) => sum + ms, 0) / waits.length;
  // 4,000,000 / √12 / √20,000 is 8,165: seven of those either side.
  expect(Math.abs(mean - 2_000_000)).toBeLessThan(57_000);
  expect(new Set(waits).size).toBeGreaterThan(19_500);
});
