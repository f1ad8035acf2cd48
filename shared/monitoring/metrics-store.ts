/**
 * The port to where counts are added up: Redis for all isolates, or the memory of one.
 *
 * Errors  what an adapter says; none that a request could feel, since nothing here is awaited by one
 * Cost    what an adapter says
 */

import type { Span } from './period.ts';
import type { Samples } from './sample.ts';

export interface MetricsStore {
  /** Once for each id, however often it is sent: an answer that was lost is no reason to count twice. */
  add(batch: Batch): Promise<void>;
  /** Since the first count; never reset. */
  total(): Promise<Samples>;
  /** One for each period of the span. */
  read(span: Span): Promise<readonly Samples[]>;
  /** The latest first, of all periods since the last reset. */
  notes(): Promise<readonly string[]>;
  /** Periods and notes; the totals go on. */
  reset(): Promise<void>;
}

export interface Batch {
  readonly id: string;
  /** It is added to the periods of this instant, however late it comes. */
  readonly countedAt: number;
  /** By series, as `formatSample` writes it. */
  readonly samples: ReadonlyMap<string, string>;
  /** Texts worth keeping a few of, the latest last. */
  readonly notes: readonly string[];
}

/** How many notes are kept. */
export const MOST_NOTES = 100;
/** Series that a store takes in under their own names; with what is folded, one for each metric, they stay below 256. */
export const MOST_STORED_SERIES = 224;
