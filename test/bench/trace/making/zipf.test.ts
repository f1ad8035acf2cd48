import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSeededRandom } from '../../../../shared/primitives/seeded-random.ts';
import { createZipf } from './zipf.ts';

test('asks for each in proportion to one through its rank', () => {
  const draw = createZipf(4, 1);
  const chance = createSeededRandom(5);
  const counts = [0, 0, 0, 0];
  const draws = 100_000;
  for (let i = 0; i < draws; i++) {
    const rank = draw(chance);
    counts[rank] = (counts[rank] ?? 0) + 1;
  }
  const sum = 1 + 1 / 2 + 1 / 3 + 1 / 4;
  for (const [rank, count] of counts.entries()) expect(count / draws).toBeCloseTo(1 / (rank + 1) / sum, 2);
});

test('stays within its ranks, also where chance is at its ends', () => {
  const chances = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.double({ min: 0, max: 2, noNaN: true }),
      chances,
      (count, s, at) => {
        const rank = createZipf(count, s)(() => at);
        return Number.isInteger(rank) && rank >= 0 && rank < count;
      },
    ),
  );
  expect(createZipf(3, 0.9)(() => 0)).toBe(0);
  expect(createZipf(3, 0.9)(() => 1 - Number.EPSILON)).toBe(2);
});

test('is the same for the same seed', () => {
  const drawn = (seed: number) => {
    const [draw, chance] = [createZipf(100, 0.9), createSeededRandom(seed)];
    return Array.from({ length: 20 }, () => draw(chance));
  };
  expect(drawn(1)).toEqual(drawn(1));
  expect(drawn(1)).not.toEqual(drawn(2));
});
