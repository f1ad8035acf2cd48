/**
 * The last purges of all isolates, as Redis tells them with every answer: who knows which tags were purged since he last looked
 * need not ask for each entry again after every purge of something else.
 *
 * A line is a purge, the newest first: the mark it left, and a short hash of each tag it took. Two tags may share a hash; that
 * costs a question too many and hides no purge.
 *
 * Shape   text -> which of some tags may have been purged since a mark; tags -> the words of a line
 * Errors  none (total): what is not known was purged
 * Cost    memory only, read when it is first asked; a line a purge, as many as fit into MAX_PURGES_BYTES
 */

import { shortHash } from '../primitives/short-hash.ts';

/** It travels with every answer; at fifteen purges a second it tells of the last four seconds. */
export const MAX_PURGES_BYTES = 2_048;
/** A purge of more tags is told as one of everything. */
const MOST_NAMED = 16;
const EVERYTHING = '*';

export interface RecentPurges {
  /** False only where all purges after this mark are known, and none was of these tags. */
  mayHaveTouched(since: string, hashes: readonly string[]): boolean;
}

export function formatPurged(tags: readonly string[]): string {
  return tags.length > MOST_NAMED ? EVERYTHING : tags.map(shortHash).join(' ');
}

/** Of another mark than the answer's own, the list has missed a purge, and proves nothing. */
export function parsePurges(text: string, mark: string): RecentPurges {
  const lines = text.split('\n').map(line => line.split(' '));
  if (lines[0]?.[0] !== mark) return { mayHaveTouched: () => true };
  const placeOf = new Map<string, number>();
  const lastOf = new Map<string, number>();
  for (const [place, [left = '', ...purged]] of lines.entries()) {
    placeOf.set(left, place);
    for (const hash of purged) if (!lastOf.has(hash)) lastOf.set(hash, place);
  }
  return {
    mayHaveTouched(since, hashes) {
      const known = since === '' ? undefined : placeOf.get(since);
      if (known === undefined || (lastOf.get(EVERYTHING) ?? known) < known) return true;
      return hashes.some(hash => (lastOf.get(hash) ?? known) < known);
    },
  };
}
