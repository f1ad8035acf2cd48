/**
 * The port to what knows the addresses of a tag, for CDNs that know no tags: fed with what the cache keeps.
 *
 * Units   instants epoch ms
 * Errors  RedisUnavailable
 * Cost    add one round trip, find one for a hundred tags
 */

import type { KnownUrls } from '../plan/plan-invalidation.ts';

export interface TagIndex {
  add(page: IndexedPage): Promise<void>;
  /** `incomplete` where an address is known to be missing: what is asked then may not be done in part. */
  find(tags: readonly string[]): Promise<KnownUrls>;
}

export interface IndexedPage {
  readonly url: string;
  readonly tags: readonly string[];
  /** Until then a CDN may hold it. */
  readonly endsAt: number;
}
