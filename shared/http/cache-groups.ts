/**
 * Cache groups as tags: what an unsafe request changes beyond its own URL, in the origin's words.
 *
 * A group belongs to the scheme, host and port that named it. Its tag begins with two commas, so it is neither a tag that
 * Surrogate-Key, Cache-Tag or an administrator could name (they hold no comma) nor that of a URL (one comma, then a slash).
 *
 * Shape   Cache-Groups: "a", "b" on https://example.com -> [',,https://example.com,a', ',,https://example.com,b']
 * Errors  none (total): a field that is no list of Strings counts as absent
 * Source  RFC 9875 §2, §2.1, §2.2.1, §3
 */
import type { Fields } from './fields.ts';
import { isUnsafe } from './invalidation.ts';
import { readStrings } from './structured-fields.ts';

/** Twice what a cache has to support (§2); beyond, the field counts as absent. */
export const MAX_GROUPS = 64;
export const MAX_GROUP_BYTES = 256;

/** Groups the response joins. `origin` as in `new URL(url).origin`. */
export function groupTags(fields: Fields, origin: string): readonly string[] {
  return tagsOf(fields, 'cache-groups', origin);
}

/** Groups that go with the change; an answer to a safe method names none (§3). */
export function invalidatedGroupTags(method: string, fields: Fields, origin: string): readonly string[] {
  return isUnsafe(method) ? tagsOf(fields, 'cache-group-invalidation', origin) : [];
}

function tagsOf(fields: Fields, name: string, origin: string): readonly string[] {
  const groups = [...new Set(readStrings(fields, name))];
  if (groups.length > MAX_GROUPS || groups.some(group => group.length > MAX_GROUP_BYTES)) return [];
  return groups.map(group => `,,${origin},${group}`);
}
