/**
 * What the cache is asked for, what it is given to keep, and what it keeps.
 *
 * Units   instants epoch ms
 */

import type { Ticket } from './tokens.ts';

/** What a caller looks for. */
export interface Lookup {
  readonly base: string;
  /** What may tell variants below the base key apart; absent is not the same as empty. */
  readonly facets: Facets;
  /** Tags known before the value is: their tokens come with the read. */
  readonly tags: readonly string[];
}

/** By name; any Map will do. */
export interface Facets {
  get(name: string): string | undefined;
  entries(): Iterable<readonly [name: string, value: string]>;
}

/** A value to keep. */
export interface Value<Meta> {
  /** Plain data: it travels as JSON. */
  readonly meta: Meta;
  /** The very bytes that memory holds, on the way in and out: whoever has them must not write into them. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** Purging any of them purges the value. Visible ASCII, as in a header; at most MOST_TAGS (tokens.ts). */
  readonly tags: readonly string[];
  /** From here on of no use to anyone. Nothing is kept for longer than LONGEST_LIFE_MS (longest-life.ts). */
  readonly deadAt: number;
}

/** A value that is kept. */
export interface Entry<Meta> extends Value<Meta> {
  /** The variant's key: compared after every read, so that nobody is ever given another key's value. */
  readonly key: string;
  /** Purged softly: still there, but stale from now on. */
  readonly soft?: boolean;
  /** It survived all purges before this. Absent where no other isolate can purge: while there is no Redis to ask. */
  readonly ticket?: Ticket;
}
