import { expect, test } from 'vitest';
import { COARSE, FINE, spanOf, startOf } from '../../../shared/monitoring/period.ts';

const MINUTE = 60_000;
/** Three minutes past the hour, and a bit. */
const NOW = 1_800_000_000_000 + 3 * MINUTE + 1_234;

test('a period starts at a round minute', () => {
  expect(startOf(NOW, MINUTE)).toBe(1_800_000_000_000 + 3 * MINUTE);
  expect(startOf(NOW, 10 * MINUTE)).toBe(1_800_000_000_000);
});

test.each([
  ['five minutes', 5 * MINUTE, MINUTE, 5],
  ['an hour', 60 * MINUTE, MINUTE, 60],
  ['six hours', 360 * MINUTE, 10 * MINUTE, 36],
  ['a day', 1_440 * MINUTE, 10 * MINUTE, 144],
])('%s are whole periods, the last of them the one that is going on', (_, windowMs, stepMs, count) => {
  const span = spanOf(windowMs, NOW);
  expect([span.stepMs, span.startsAt.length, span.toAt]).toEqual([stepMs, count, NOW]);
  expect(span.startsAt.at(-1)).toBe(startOf(NOW, stepMs));
  expect(span.fromAt).toBe(span.startsAt[0]);
  expect(span.startsAt.every((start, at) => start === span.fromAt + at * stepMs)).toBe(true);
});

test('periods are kept for longer than they are asked for', () => {
  expect(FINE.keptMs).toBeGreaterThan(60 * MINUTE);
  expect(COARSE.keptMs).toBeGreaterThan(24 * 60 * MINUTE);
});
