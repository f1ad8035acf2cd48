/**
 * What this isolate has learned of purges from Redis: the last word on whether anything at all was purged, and since when
 * each tag's tokens are known.
 *
 * Tokens do not return to an earlier value, but for those that expire, long after any load has ended: one that was known
 * before a load began and is the same after it proves that the tag was not purged meanwhile. "Before" is counted in answers, not read off a clock: two answers may share a millisecond,
 * and a clock may go back.
 *
 * Units   instants epoch ms
 * Cost    memory only, bounded in tags and in bytes; the ones not heard of for longest leave first
 */

import type { Clock } from '../primitives/clock.ts';
import { createLru, rememberedBytes } from '../primitives/lru.ts';
import { shortHash } from '../primitives/short-hash.ts';
import { createRecentPurges } from './recent-purges.ts';
import type { Ticket, TokenPair } from './tokens.ts';

export interface PurgeKnowledge {
  /** Takes in an answer and dates it. */
  learn(answer: Answer): Ticket;
  /** True when the tag had these tokens when the ticket was made, and was not seen to change since. */
  heldAt(ticket: Ticket, tag: string, pair: TokenPair): boolean;
  /**
   * True when nothing can have been purged since the ticket, but for the last `tagsTtlMs`: nothing at all, or none of the tags
   * where they are given.
   */
  isCurrent(ticket: Ticket, tags?: readonly string[]): boolean;
  /** True when the last answer proves that none of these tags was purged since the ticket. */
  isUntouched(ticket: Ticket, tags: readonly string[]): boolean;
  /** The tokens of all these tags without asking, where the last `tagsTtlMs` told them; else undefined. */
  recall(tags: readonly string[]): Ticket | undefined;
  /** Something was purged from here: what was known of tokens is not recalled until Redis tells again. */
  doubt(): void;
}

export interface Answer extends Omit<Ticket, 'order'> {
  /** The last purges, where Redis was asked for them. */
  readonly purges?: string;
}

export interface PurgeKnowledgeOptions {
  readonly clock: Clock;
  /** How long a purge elsewhere may go unseen; 0 asks each time. */
  readonly tagsTtlMs: number;
}

interface Known {
  readonly pair: TokenPair;
  readonly since: number;
  /** The last answer that told of it had this mark. */
  readonly mark: string;
}

/** A URL is a tag of its answers, and clients choose how long it is. */
const BOUNDS = { maxEntries: 10_000, maxBytes: 8 * 1024 * 1024 };

export function createPurgeKnowledge({ clock, tagsTtlMs }: PurgeKnowledgeOptions): PurgeKnowledge {
  const known = createLru<Known>(BOUNDS);
  let order = 0;
  let last: Ticket | undefined;
  const recent = createRecentPurges();
  /** Of an entry's tags, so that a busy one's are worked out once. */
  const hashes = new WeakMap<readonly string[], readonly string[]>();

  function remember(tag: string, pair: TokenPair, mark: string): void {
    const before = known.peek(tag);
    const since = before && isSame(before.pair, pair) ? before.since : order;
    known.set(tag, { pair, mark, since }, rememberedBytes(tag, ...pair));
  }

  /** A clock that was set back makes an answer look younger than none: it is not believed then. */
  function isRecent({ at }: Ticket): boolean {
    const ageMs = clock() - at;
    return ageMs >= 0 && ageMs < tagsTtlMs;
  }

  function hashesOf(tags: readonly string[]): readonly string[] {
    const known = hashes.get(tags) ?? tags.map(shortHash);
    hashes.set(tags, known);
    return known;
  }

  function isUntouched(ticket: Ticket, tags: readonly string[]): boolean {
    if (last === undefined) return false;
    return !recent.mayHaveTouched(hashesOf(tags), { since: ticket.mark, until: last.mark });
  }

  return {
    learn({ purges = '', ...answer }) {
      order++;
      for (const [tag, pair] of answer.tokens) remember(tag, pair, answer.mark);
      last = { ...answer, order };
      recent.learn(purges);
      return last;
    },
    isUntouched,
    heldAt(ticket, tag, pair) {
      const held = known.peek(tag);
      return held !== undefined && held.since <= ticket.order && isSame(held.pair, pair);
    },
    isCurrent(ticket, tags) {
      if (isRecent(ticket)) return true;
      if (last === undefined || !isRecent(last)) return false;
      return last.mark === ticket.mark || (tags !== undefined && isUntouched(ticket, tags));
    },
    recall(tags) {
      if (last === undefined || !isRecent(last)) return undefined;
      const tokens = new Map<string, TokenPair>();
      for (const tag of tags) {
        const held = known.peek(tag);
        // Known under another mark, the tag may have been purged since.
        if (held?.mark !== last.mark) return undefined;
        tokens.set(tag, held.pair);
      }
      return { ...last, tokens };
    },
    doubt() {
      last = undefined;
    },
  };
}

function isSame(left: TokenPair, right: TokenPair): boolean {
  return left[0] === right[0] && left[1] === right[1];
}
