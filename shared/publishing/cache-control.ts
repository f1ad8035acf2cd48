/**
 * How long a published file may be kept, by its name.
 *
 * What bears a hash never changes. The rest is asked for again after a minute by browsers, which nobody can reach, and after
 * ten by caches in between, which publishing tells of each change.
 *
 * Shape   whether the name bears a hash -> Cache-Control
 * Source  RFC 9111 §5.2.2; RFC 8246 (immutable)
 */

export const IMMUTABLE = 'public, max-age=31536000, immutable';
export const SHORT = 'public, max-age=60, s-maxage=600';

export function cacheControlOf(isHashed: boolean): string {
  return isHashed ? IMMUTABLE : SHORT;
}
