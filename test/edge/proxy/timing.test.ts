import { expect, test } from 'vitest';
import { startTiming } from '../../../edge/proxy/timing.ts';
import { createTestClock } from '../../fakes/clock.ts';

test('what was waited for is told, each for as long as it took', () => {
  const clock = createTestClock();
  const timing = startTiming(clock);
  clock.advance(3);
  timing.lookedUp();
  expect(timing.tell()).toBe('lookup;dur=3');
  timing.asked();
  clock.advance(40);
  expect(timing.tell()).toBe('lookup;dur=3, origin;dur=40');
});

test('of a request that the cache was not asked about, the origin alone', () => {
  const clock = createTestClock();
  const timing = startTiming(clock);
  timing.asked();
  clock.advance(5);
  expect(timing.tell()).toBe('origin;dur=5');
});
