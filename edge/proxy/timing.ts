/**
 * What a request has waited for, told to whoever reads Server-Timing, and to whoever counts: the cache, then the origin where
 * it was asked.
 *
 * In workerd the clock stands still but for input and output, which is what is measured here.
 *
 * Shape   'lookup;dur=1, origin;dur=42'
 * Units   milliseconds
 * Source  W3C Server Timing §3.1
 */

import type { Clock } from '../../shared/primitives/clock.ts';

export interface Timing {
  /** The cache has said what it has. */
  lookedUp(): void;
  /** From here on the origin is waited for: by this request, or by another that asks for the same. */
  asked(): void;
  /** Up to now. */
  measure(): Measured;
}

export interface Measured {
  readonly startedAt: number;
  readonly totalMs: number;
  /** Undefined where the cache was not asked. */
  readonly lookupMs: number | undefined;
  /** Undefined where the origin was not waited for. */
  readonly originMs: number | undefined;
}

export function startTiming(clock: Clock): Timing {
  const startedAt = clock();
  let lookupMs: number | undefined;
  let askedAt: number | undefined;
  return {
    lookedUp() {
      lookupMs = clock() - startedAt;
    },
    asked() {
      askedAt = clock();
    },
    measure() {
      const now = clock();
      const originMs = askedAt === undefined ? undefined : now - askedAt;
      return { startedAt, totalMs: now - startedAt, lookupMs, originMs };
    },
  };
}

export function formatTiming({ lookupMs, originMs }: Measured): string {
  const lookup = lookupMs === undefined ? [] : [`lookup;dur=${lookupMs}`];
  const origin = originMs === undefined ? [] : [`origin;dur=${originMs}`];
  return [...lookup, ...origin].join(', ');
}
