/**
 * What the demo tells caches: how long, under which tags, and which of them a change makes out of date.
 *
 * Browsers ask again each time (max-age=0) and see a purge at once; shared caches keep what tags can take back. Tags go out
 * as Cache-Tag, for purges by API, and as Cache-Groups, which an answer to a POST takes back by itself.
 *
 * Source  RFC 9111 §5.2.2; RFC 5861 §3; RFC 9875 §2, §3
 */

import type { Context } from 'hono';

export const LIFETIMES = {
  page: 'public, max-age=0, s-maxage=600, stale-while-revalidate=3600',
  search: 'public, max-age=0, s-maxage=60, stale-while-revalidate=300',
  picture: 'public, max-age=86400',
  /** Its name changes with its content. */
  asset: 'public, max-age=31536000, immutable',
} as const;

export function mayBeStored(
  context: Context,
  lifetime: keyof typeof LIFETIMES,
  tags: readonly string[] = [],
): void {
  context.header('Cache-Control', LIFETIMES[lifetime]);
  if (tags.length === 0) return;
  context.header('Cache-Tag', tags.join(', '));
  context.header('Cache-Groups', groups(tags));
}

export function isPrivate(context: Context): void {
  context.header('Cache-Control', 'private, no-store');
}

export function hasChanged(context: Context, tags: readonly string[]): void {
  context.header('Cache-Group-Invalidation', groups(tags));
}

function groups(tags: readonly string[]): string {
  return tags.map(tag => `"${tag}"`).join(', ');
}
