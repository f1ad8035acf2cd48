import { expect, test } from 'vitest';
import { createHitForMiss } from '../../../../edge/proxy/loading/hit-for-miss.ts';
import { createTestClock } from '../../../fakes/clock.ts';

test('a mark lasts half a minute from the last time it was made', () => {
  const clock = createTestClock();
  const marks = createHitForMiss(clock);
  marks.mark('a');
  clock.advance(20_000);
  marks.mark('a');
  clock.advance(29_999);
  expect(marks.has('a')).toBe(true);
  clock.advance(1);
  expect(marks.has('a')).toBe(false);
});

test('it is taken back when the answer was kept after all', () => {
  const marks = createHitForMiss(createTestClock());
  marks.mark('a');
  marks.unmark('a');
  expect([marks.has('a'), marks.has('b')]).toEqual([false, false]);
});

test('of too many the oldest is forgotten', () => {
  const marks = createHitForMiss(createTestClock());
  for (let n = 0; n <= 5_000; n++) marks.mark(`key ${n}`);
  expect([marks.has('key 0'), marks.has('key 1'), marks.has('key 5000')]).toEqual([false, true, true]);
});

test('of too long ones, too: whoever asks chooses how long a key is', () => {
  const marks = createHitForMiss(createTestClock());
  for (let n = 0; n < 400; n++) marks.mark(`${n} ${'x'.repeat(8_000)}`);
  expect(marks.has(`0 ${'x'.repeat(8_000)}`)).toBe(false);
  expect(marks.has(`399 ${'x'.repeat(8_000)}`)).toBe(true);
});
