/**
 * The periods that counts are kept by: a minute for what is recent, ten minutes for a day.
 *
 * Shape   window + now -> the periods that make it up, the oldest first; the last one is still growing
 * Units   instants epoch ms; a window covers what is left of its first period, so it is up to one step shorter
 */

export interface Resolution {
  readonly stepMs: number;
  readonly keptMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const FINE: Resolution = { stepMs: MINUTE_MS, keptMs: 2 * HOUR_MS };
export const COARSE: Resolution = { stepMs: 10 * MINUTE_MS, keptMs: 26 * HOUR_MS };
export const RESOLUTIONS = [FINE, COARSE] as const;

export interface Span {
  readonly stepMs: number;
  /** When each period began, one step apart. */
  readonly startsAt: readonly number[];
  readonly fromAt: number;
  readonly toAt: number;
}

export function spanOf(windowMs: number, now: number): Span {
  const { stepMs } = windowMs <= HOUR_MS ? FINE : COARSE;
  const last = startOf(now, stepMs);
  const count = Math.max(1, Math.ceil(windowMs / stepMs));
  const startsAt = Array.from({ length: count }, (_, at) => last - (count - 1 - at) * stepMs);
  return { stepMs, startsAt, fromAt: startsAt[0] ?? last, toAt: now };
}

/** So many minutes, all of them over. */
export function minutesBefore(count: number, now: number): Span {
  const end = startOf(now, MINUTE_MS);
  const startsAt = Array.from({ length: count }, (_, at) => end - (count - at) * MINUTE_MS);
  return { stepMs: MINUTE_MS, startsAt, fromAt: startsAt[0] ?? end, toAt: end };
}

export function startOf(at: number, stepMs: number): number {
  return Math.floor(at / stepMs) * stepMs;
}
