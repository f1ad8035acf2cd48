/**
 * What was known of a key at one moment, so that whoever loads it can say afterwards that nothing has changed since.
 *
 * Units   instants epoch ms
 */

import type { Level } from './application-events.ts';
import type { HeldValue } from './held-value.ts';
import type { Ticket } from './tokens.ts';

/** What was seen of a key before a load, and from where. */
export interface Sight {
  readonly held: HeldValue | undefined;
  readonly level: Level;
  /** Absent where Redis did not answer. */
  readonly ticket: Ticket | undefined;
  /** When it was looked for, in memory's order. */
  readonly position: number;
}

/** Where a load began. */
export interface Mark {
  readonly at: number;
  readonly position: number;
  readonly purges: number;
  /** What Redis said of purges then. */
  ticket?: Ticket | undefined;
}
