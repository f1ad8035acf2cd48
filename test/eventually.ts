/**
 * Waits until what is expected holds: as short as it can, and long enough for the busiest machine.
 *
 * Shape   check -> what it returns once it does not throw
 */
import { vi } from 'vitest';

export function eventually<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(check, { timeout: 60_000, interval: 2 });
}
