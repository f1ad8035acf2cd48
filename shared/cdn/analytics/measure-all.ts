/**
 * Asks every CDN what it did, side by side: one that does not tell keeps none of the others.
 *
 * Shape   meters, stretch -> a row for each: measured, or why not
 * Units   milliseconds
 * Errors  none: a CDN that cannot be measured is a row
 */

import type { CdnMeter, CdnUse, CdnVendor, Stretch } from './cdn-use.ts';
import { type AppliedRate, type Priced, priceUse } from './price.ts';

export type CdnRow = { readonly name: string; readonly vendor: CdnVendor } & (
  | ({ readonly state: 'measured'; readonly rate: AppliedRate } & CdnUse & Priced)
  | { readonly state: 'unmeasured'; readonly reason: string }
);

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
  const signal = AbortSignal.timeout(deadlineMs);
  return Promise.all(metered.map(one => measureOne(one, stretch, signal)));
}

async function measureOne({ meter, rate }: Metered, stretch: Stretch, signal: AbortSignal): Promise<CdnRow> {
  const { name, vendor } = meter;
  try {
    const use = await meter.measure(stretch, signal);
    const priced = priceUse(use, rate, stretch.toAt - stretch.fromAt);
    return { name, vendor, state: 'measured', ...use, ...priced, rate };
  } catch (error) {
    return { name, vendor, state: 'unmeasured', reason: reasonOf(error, signal) };
  }
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'It gave no answer in time';
  return (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_REASON);
}
