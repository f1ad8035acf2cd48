import { expect, it } from 'vitest';
import { withUnseen } from '../../../../shared/query-optimizer/twin/with-unseen.ts';

it('foretells none beyond those that were seen again', () => {
  expect(withUnseen([2, 3, 7])).toBe(3);
  expect(withUnseen([])).toBe(0);
});

it('foretells the more the more were seen but once', () => {
  // Of 2,000 a hundred were drawn; two came twice.
  expect(withUnseen([...Array<number>(96).fill(1), 2, 2])).toBeCloseTo(98 + (96 * 95) / 6, 9);
  expect(withUnseen([1, 1, 2])).toBeLessThan(withUnseen([1, 1, 1, 2]));
});
