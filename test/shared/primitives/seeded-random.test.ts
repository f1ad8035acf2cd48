import { expect, test } from 'vitest';
import { createSeededRandom } from '../../../shared/primitives/seeded-random.ts';

const drawn = (seed: number, count: number) => Array.from({ length: count }, createSeededRandom(seed));

test('one seed gives one sequence, another another', () => {
  expect(drawn(7, 20)).toEqual(drawn(7, 20));
  expect(drawn(7, 20)).not.toEqual(drawn(8, 20));
});

test('numbers lie from 0 to below 1, as often in each tenth', () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (const number of drawn(1, 10_000)) {
    const tenth = Math.floor(number * 10);
    tenths[tenth] = (tenths[tenth] ?? Number.NaN) + 1;
  }
  expect(tenths.every(count => count > 850 && count < 1_150)).toBe(true);
});
