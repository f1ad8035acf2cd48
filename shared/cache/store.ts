/**
 * The port of a level: memory and Redis keep the same promises, and one contract suite holds both to them.
 *
 * Errors  a level that cannot be reached rejects; a damaged or foreign value is a miss, never an error
 * Cost    each method names its Redis round trips; memory has none
 */

import type { RedisCallOptions } from '../redis/redis.ts';
import type { Entry, Lookup, Value } from './entry.ts';
import type { FindTags } from './tag-pattern.ts';
import type { Ticket } from './tokens.ts';
import type { Forks } from './variants.ts';

export interface CacheStore<Meta> {
  /** Cost: one round trip, check for purges included. */
  read(lookup: Lookup): Promise<Reading<Meta>> | Reading<Meta>;
  /**
   * Keeps a value, unless one of its tags was purged since the reading that came before its load.
   * Cost: one round trip; one more when it has tags that were not known before, one more when it varies in a new way.
   */
  write(write: Write<Meta>): Promise<WriteOutcome> | WriteOutcome;
  /** Drops, or softly makes stale, every entry that carries one of the tags. Cost: one command, one round trip. */
  purge(tags: readonly string[], options: PurgeOptions): Promise<void> | void;
}

export interface Reading<Meta> {
  readonly entry: Entry<Meta> | undefined;
  /** What is known of the base key's variants, even when this one is missing. */
  readonly forks: Forks;
  readonly ticket: Ticket;
}

export interface Write<Meta> {
  readonly lookup: Lookup;
  /** The reading that came before the load. */
  readonly reading: Pick<Reading<Meta>, 'forks' | 'ticket'>;
  /** The facets by which the value varies. */
  readonly varies: Forks['names'];
  readonly value: Value<Meta>;
}

/** `refused`: a purge may have come between the reading and the write. */
export type WriteOutcome = 'stored' | 'refused' | 'too-large';

export interface PurgeOptions {
  readonly soft: boolean;
}

/** A level that other isolates share: it also knows whether an entry held elsewhere was purged meanwhile. */
export interface SharedStore<Meta> extends CacheStore<Meta> {
  read(lookup: Lookup, options?: RedisCallOptions): Promise<Reading<Meta>>;
  /** True without a round trip while the last word from the store is younger than the stated bound. */
  isCurrent(entry: Entry<Meta>): boolean;
  /** The entry with a new ticket, or undefined when it was purged. Cost: one command, one round trip. */
  check(entry: Entry<Meta>): Promise<Entry<Meta> | undefined>;
  /** The tags of what is stored that match. Cost: a bounded walk through all that is stored, many round trips. */
  readonly find: FindTags;
}
