/**
 * What the cache keeps of a response besides its body: plain data, the same in memory and in Redis.
 */

import type { Entry } from '../../shared/cache/entry.ts';
import type { Fields } from '../../shared/http/fields.ts';
import type { Freshness } from '../../shared/http/freshness.ts';
import type { Coding } from '../../shared/http/tag-of-coding.ts';

export interface Stored {
  readonly status: number;
  readonly fields: Fields;
  readonly freshness: Freshness;
  /** Chosen by Headrace; absent where the origin's own bytes are for everyone. */
  readonly coding?: Coding | 'identity';
}

export type StoredEntry = Entry<Stored>;

/** A soft purge makes a response stale now, whatever the origin once promised. */
export function freshnessOf({ meta, soft }: StoredEntry, now: number): Freshness {
  if (!soft) return meta.freshness;
  return { ...meta.freshness, freshUntil: Math.min(meta.freshness.freshUntil, now) };
}
