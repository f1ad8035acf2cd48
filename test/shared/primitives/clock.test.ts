import { expect, it } from 'vitest';
import { systemClock } from '../../../shared/primitives/clock.ts';

it('the system clock tells the time in epoch milliseconds', () => {
  const before = Date.now();
  const now = systemClock();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});
