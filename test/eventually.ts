/**
 * Waits until what is expected holds: as short as it can, and long enough for the busiest machine.
 *
 * Shape   eventually(check) -> what it returns once it does not throw; until(look) -> what it returns once it is something
 */
import { vi } from 'vitest';

const PATIENT = { timeout: 60_000, interval: 2 };

export function eventually<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(check, PATIENT);
}

export function until<Result>(look: () => Result | Promise<Result>) {
  return vi.waitUntil(look, PATIENT);
}
