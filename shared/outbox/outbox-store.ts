/**
 * The outbox as the drain sees it: what has been committed and not been purged.
 *
 * Changes are forgotten one by one, by their ids, and never "all up to this one": ids are given when a row is written, and a
 * transaction that wrote before others may commit after them. Its rows are there once it has, however late, and whatever was
 * forgotten meanwhile.
 *
 * Units   epoch ms
 * Errors  OutboxUnavailable where the database does not answer; nothing is forgotten then, or nobody knows
 * Cost    one statement each, in a transaction of its own: nothing is held while a purge is under way
 */

/** The edge takes as many in one purge; a row of the outbox never has more, so a purge takes whole rows. */
export const MOST_TAGS_A_ROW = 1_000;

export interface OutboxStore {
  /** The oldest that are committed, in the order they were written; 'absent' where no table is watched. */
  read(most: number): Promise<readonly Change[] | 'absent'>;
  forget(ids: readonly string[]): Promise<void>;
  backlog(): Promise<Backlog | 'absent'>;
}

export interface Change {
  readonly id: string;
  /** At most MOST_TAGS_A_ROW. */
  readonly tags: readonly string[];
  /** When it was written, by the clock of the database. */
  readonly at: number;
}

export interface Backlog {
  readonly changes: number;
  /** Since the oldest was written; 0 when there is none. */
  readonly lagMs: number;
}

export class OutboxUnavailable extends Error {
  override readonly name = 'OutboxUnavailable';
}
