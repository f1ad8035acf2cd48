/**
 * What to try when a picture came out larger than its source in the same format: less quality, in proportion; for a PNG fewer
 * colours.
 *
 * A source that was saved at a lower quality than is asked for would only be blown up: nothing it lost comes back.
 *
 * Shape   encoding, how many times too large, the attempt -> Encoding | undefined when there is nothing left to try
 * Errors  none (total)
 */
import type { Encoding } from './plan.ts';

const MOST_ATTEMPTS = 6;
const LEAST_QUALITY = 5;
/** A palette may hold 256; an icon rarely needs as many. */
const PALETTES = [256, 64, 32, 16, 8, 4] as const;

export function smallerEncoding(encoding: Encoding, excess: number, attempt: number): Encoding | undefined {
  if (attempt > MOST_ATTEMPTS || encoding.format === 'gif') return undefined;
  if (encoding.format === 'png') return { ...encoding, colours: PALETTES[attempt - 1] ?? 2 };
  if (encoding.quality <= LEAST_QUALITY) return undefined;
  const share = Math.min(0.8, Math.max(0.3, 0.9 / excess));
  return { ...encoding, quality: Math.max(LEAST_QUALITY, Math.floor(encoding.quality * share)) };
}
