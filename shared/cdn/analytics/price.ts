/**
 * What a CDN's use cost, and what it saved the origin.
 *
 * Shape   use, rate, stretch -> US dollars; null where the rate or the use is not known
 * Errors  none (total)
 */

import type { CdnUse } from './cdn-use.ts';
import { type CdnRate, ORIGIN_RATE } from './rates.ts';

export interface Priced {
  readonly costUsd: number | null;
  /** At the rate of a cloud's own traffic. */
  readonly savedUsd: number | null;
}

export type AppliedRate = Omit<CdnRate, 'usdPerMonth'> & { readonly usdPerMonth: number | null };

const MONTH_MS = 30 * 24 * 60 * 60 * 1_000;

export function priceUse(
  { bytes, requests, hitBytes }: CdnUse,
  rate: AppliedRate,
  lastingMs: number,
): Priced {
  const flat = rate.usdPerMonth === null ? null : (rate.usdPerMonth * lastingMs) / MONTH_MS;
  const traffic = (bytes / rate.bytesPerGb) * rate.usdPerGb + (requests / 10_000) * rate.usdPer10kRequests;
  return {
    costUsd: flat === null ? null : inCents(flat + traffic),
    savedUsd: savedBy(hitBytes),
  };
}

export function savedBy(hitBytes: number | null): number | null {
  return hitBytes === null ? null : inCents((hitBytes / ORIGIN_RATE.bytesPerGb) * ORIGIN_RATE.usdPerGb);
}

/** Hundredths of a cent: small sites are told something, too. */
function inCents(usd: number): number {
  return Math.round(usd * 10_000) / 10_000;
}
