/**
 * Asks every CDN what it did, side by side: one that does not tell keeps none of the others.
 *
 * Shape   meters, stretch -> a row for each: measured, or why not
 * Units   milliseconds
 * Errors  none: a CDN that cannot be measured is a row
 */

import type { CdnVendor } from '../capabilities.ts';
import type { CdnMeter, CdnUse, Stretch } from './cdn-use.ts';
import { type AppliedRate, type Priced, priceUse } from './price.ts';

export interface CdnRow {
  readonly name: string;
  readonly vendor: CdnVendor;
  readonly state: 'measured' | 'unmeasured';
  readonly reason?: string;
  readonly figures?: CdnRowFigures;
}

export interface CdnRowFigures extends Priced {
  readonly requests: number;
  readonly bytes: number;
  readonly hitRatio: number | null;
  readonly bytesHitRatio: number | null;
  readonly errorRatio: number | null;
  readonly rate: AppliedRate | null;
}

export interface Metered {
  readonly meter: CdnMeter;
  readonly rate: AppliedRate;
}

const DEADLINE_MS = 6_000;
const LONGEST_REASON = 300;

export function measureAll(
  metered: readonly Metered[],
  stretch: Stretch,
  deadlineMs: number = DEADLINE_MS,
): Promise<readonly CdnRow[]> {
  return Promise.all(metered.map(one => measureOne(one, stretch, AbortSignal.timeout(deadlineMs))));
}

async function measureOne({ meter, rate }: Metered, stretch: Stretch, signal: AbortSignal): Promise<CdnRow> {
  const { name, vendor } = meter;
  try {
    const use = await meter.measure(stretch, signal);
    const priced = priceUse(use, rate, stretch.toAt - stretch.fromAt);
    return { name, vendor, state: 'measured', figures: { ...ratiosOf(use), ...priced, rate } };
  } catch (error) {
    return { name, vendor, state: 'unmeasured', reason: reasonOf(error, signal) };
  }
}

function ratiosOf({ requests, bytes, hits, hitBytes, errors }: CdnUse) {
  return {
    requests,
    bytes,
    hitRatio: ratio(hits, requests),
    bytesHitRatio: ratio(hitBytes, bytes),
    errorRatio: ratio(errors, requests),
  };
}

/** Vendors count parts and wholes apart, and an hour apart: a little more than all is all. */
function ratio(part: number | null, whole: number): number | null {
  return part === null || whole === 0 ? null : Math.min(1, part / whole);
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'It gave no answer in time.';
  return (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_REASON);
}
