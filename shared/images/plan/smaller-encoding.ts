/**
 * What to try when a picture came out larger than its source in the same format: less quality, in proportion, three times.
 *
 * A source that was saved at a lower quality than is asked for would only be blown up: nothing it lost comes back.
 *
 * Shape   encoding, how many times too large, the attempt -> Encoding | undefined when there is nothing left to try
 * Errors  none (total)
 */
import type { Encoding } from './plan.ts';

const MOST_ATTEMPTS = 3;
const LEAST_QUALITY = 10;
const FIRST_PALETTE = 90;

export function smallerEncoding(encoding: Encoding, excess: number, attempt: number): Encoding | undefined {
  if (attempt > MOST_ATTEMPTS || encoding.format === 'gif') return undefined;
  if (encoding.quality === undefined) return { ...encoding, quality: FIRST_PALETTE };
  if (encoding.quality <= LEAST_QUALITY) return undefined;
  const share = Math.min(0.85, Math.max(0.4, 1 / excess));
  return { ...encoding, quality: Math.max(LEAST_QUALITY, Math.floor(encoding.quality * share)) };
}
