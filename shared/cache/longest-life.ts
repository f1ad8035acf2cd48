/**
 * How long a value is kept at most, and a purge remembered: longer than any value that it could concern, so that nothing
 * purged comes back when the purge is forgotten.
 *
 * Both run on the clock of Redis, from the moment it took them. What is left over covers a load that began before the purge
 * and is written after it.
 *
 * Units   milliseconds; instants epoch ms
 */

const DAY_MS = 86_400_000;

export const LONGEST_LIFE_MS = 30 * DAY_MS;
export const PURGE_LIFE_MS = LONGEST_LIFE_MS + DAY_MS;

/** In whole milliseconds, as Redis counts, and no further than a value may live; what is dead already, or not a time, is 0. */
export function boundDeadAt(deadAt: number, now: number): number {
  return deadAt > now ? Math.ceil(Math.min(deadAt, now + LONGEST_LIFE_MS)) : 0;
}
