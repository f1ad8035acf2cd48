/**
 * What a CDN did in a stretch of time, in words that no vendor owns, and the port to whoever tells it.
 *
 * Shape   what the vendor does not tell is null, never nought
 * Units   bytes; instants epoch ms
 * Errors  CdnUnmeasured: the vendor is down, refuses, or says what nobody understands
 * Cost    one or two requests
 */

import type { CdnVendor } from '../capabilities.ts';

export interface CdnUse {
  readonly requests: number;
  /** Sent to visitors. */
  readonly bytes: number;
  /** Answered from the CDN's cache. */
  readonly hits: number | null;
  readonly hitBytes: number | null;
  /** Answered with 500 or above. */
  readonly errors: number | null;
}

export interface Stretch {
  readonly fromAt: number;
  readonly toAt: number;
}

export interface CdnMeter {
  readonly name: string;
  readonly vendor: CdnVendor;
  measure(stretch: Stretch, signal: AbortSignal): Promise<CdnUse>;
}

export class CdnUnmeasured extends Error {
  override readonly name = 'CdnUnmeasured';
}

/** Where only one of the two is told, the other follows from it: hits are as large as all answers are. */
export function shareOf(whole: number, part: number | null, of: number): number | null {
  if (part === null) return null;
  return of === 0 ? 0 : Math.round((whole * part) / of);
}
