import { expect, test } from 'vitest';
import { formatTiming, startTiming } from '../../../edge/proxy/timing.ts';
import { createTestClock } from '../../fakes/clock.ts';

test('what was waited for is told, each for as long as it took', () => {
  const clock = createTestClock();
  const timing = startTiming(clock);
  clock.advance(3);
  timing.lookedUp();
  expect(formatTiming(timing.measure())).toBe('lookup;dur=3');
  timing.asked();
  clock.advance(40);
  expect(formatTiming(timing.measure())).toBe('lookup;dur=3, origin;dur=40');
});

test('of a request that the cache was not asked about, the origin alone', () => {
  const clock = createTestClock();
  const timing = startTiming(clock);
  timing.asked();
  clock.advance(5);
  expect(formatTiming(timing.measure())).toBe('origin;dur=5');
});

test('who counts is told since when, and of what did not happen nothing', () => {
  const clock = createTestClock();
  const startedAt = clock();
  const timing = startTiming(clock);
  clock.advance(7);
  expect(timing.measure()).toEqual({ startedAt, totalMs: 7, lookupMs: undefined, originMs: undefined });
});
