/**
 * The windows of a value's life, which follow each other: fresh, stale (served while it is refreshed), fail-safe (served
 * only where loading fails or takes too long), dead.
 *
 * Shape   lifetime, instant -> the three ends; ends, instant -> window
 * Units   durations ms, instants epoch ms
 * Errors  none; the durations were checked at the door
 */

export interface Windows {
  readonly freshUntil: number;
  readonly staleUntil: number;
  readonly deadAt: number;
}

export type Window = 'fresh' | 'stale' | 'fail-safe' | 'dead';

export interface ResolvedLifetime {
  readonly ttlMs: number;
  readonly staleMs: number;
  readonly failSafeMs: number;
  readonly jitterRatio: number;
}

export function planWindows(lifetime: ResolvedLifetime, now: number, random: () => number): Windows {
  const { ttlMs, staleMs, failSafeMs, jitterRatio } = lifetime;
  const freshUntil = now + ttlMs * (jitterRatio === 0 ? 1 : 1 - jitterRatio * random());
  const staleUntil = freshUntil + staleMs;
  return { freshUntil, staleUntil, deadAt: staleUntil + failSafeMs };
}

/** A soft purge ends the fresh window at once; without a stale window that leaves the fail-safe one. */
export function windowAt(windows: Windows & { readonly soft: boolean }, now: number): Window {
  const { freshUntil, staleUntil, deadAt, soft } = windows;
  if (!soft && now < freshUntil) return 'fresh';
  if (now < staleUntil && staleUntil > freshUntil) return 'stale';
  return now < deadAt ? 'fail-safe' : 'dead';
}

/** True in the last part of the fresh window, when a hit should begin to refresh. */
export function isEager({ freshUntil }: Windows, ttlMs: number, eagerRatio: number, now: number): boolean {
  return eagerRatio < 1 && now >= freshUntil - ttlMs * (1 - eagerRatio);
}
