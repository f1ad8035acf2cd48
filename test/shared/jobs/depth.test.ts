import { expect, it } from 'vitest';
import { isDeeperThan } from '../../../shared/jobs/depth.ts';

it.each([
  ['text', 0, false],
  [null, 0, false],
  [[], 0, true],
  [{ a: 1 }, 1, false],
  [{ a: [] }, 1, true],
  [[1, 'a', { b: { c: [] } }], 3, true],
  [[1, 'a', { b: { c: [] } }], 4, false],
])('%j against %i: %s', (value, depth, deeper) => {
  expect(isDeeperThan(value, depth)).toBe(deeper);
});

it('what contains itself is deeper than everything', () => {
  const ring: unknown[] = [];
  ring.push(ring);
  expect(isDeeperThan(ring, 64)).toBe(true);
});
