/**
 * The last purges of all isolates, as Redis tells them with every answer: who knows which tags were purged since he last looked
 * need not ask for each entry again after every purge of something else. An isolate joins one answer's list to those before, so
 * that it knows of far more purges than travel at once.
 *
 * A line is a purge, the newest first: the mark it left, and a short hash of each tag it took. Two tags may share a hash; that
 * costs a question too many and hides no purge.
 *
 * Shape   lists -> which of some tags may have been purged between two marks; tags -> the words of a line
 * Errors  none (total): what is not known was purged
 * Cost    memory only, bounded; of a list only the lines that are new are read
 */

import { shortHash } from '../primitives/short-hash.ts';

/** It travels with every answer: some thirty purges. */
export const MAX_PURGES_BYTES = 2_048;
/** A purge of more tags is told as one of everything. */
const MOST_NAMED = 16;
const MOST_PURGES = 5_000;
const EVERYTHING = '*';

export interface RecentPurges {
  learn(list: string): void;
  /** False only where all purges between the two marks are known, and none was of these tags. */
  mayHaveTouched(
    hashes: readonly string[],
    between: { readonly since: string; readonly until: string },
  ): boolean;
}

export function formatPurged(tags: readonly string[]): string {
  return tags.length > MOST_NAMED ? EVERYTHING : tags.map(shortHash).join(' ');
}

export function createRecentPurges(): RecentPurges {
  /** By the mark it left: the order of purges without a gap. */
  const placeOf = new Map<string, number>();
  const lastOf = new Map<string, number>();
  let places = 0;

  function add([mark = '', ...purged]: readonly string[]): void {
    places++;
    placeOf.set(mark, places);
    for (const hash of purged) lastOf.set(hash, places);
  }

  function forget(): void {
    placeOf.clear();
    lastOf.clear();
  }

  return {
    learn(list) {
      const { lines, isJoined } = readNew(list, placeOf);
      if (lines.length === 0) return;
      // With a gap before it, or too much of it: what went before proves nothing any more.
      if (!isJoined || placeOf.size > MOST_PURGES) forget();
      for (const line of lines.reverse()) add(line);
    },
    mayHaveTouched(hashes, { since, until }) {
      const [from, to] = [placeOf.get(since), placeOf.get(until)];
      if (from === undefined || to === undefined || from > to) return true;
      const isTouched = (hash: string) => (lastOf.get(hash) ?? 0) > from;
      return isTouched(EVERYTHING) || hashes.some(isTouched);
    },
  };
}

/** Lines of purges that are not known yet, the newest first, and whether they come right after one that is. */
function readNew(list: string, known: ReadonlyMap<string, number>) {
  const lines: string[][] = [];
  for (let at = 0; at < list.length; ) {
    const end = list.indexOf('\n', at);
    if (end < 0) break;
    const words = list.slice(at, end).split(' ');
    if (known.has(words[0] ?? '')) return { lines, isJoined: true };
    lines.push(words);
    at = end + 1;
  }
  return { lines, isJoined: false };
}
