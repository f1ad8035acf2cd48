/**
 * The tags that every key of an application carries besides its own: one for everything, one for each segment that ends
 * with a colon. A purge of a prefix, or of everything, is then a purge of one tag: one command, whatever hangs on it.
 *
 * Shape   'users:eu:42' -> [',v', ',v:users:', ',v:users:eu:']; a comma can begin no tag of the caller's
 * Errors  CACHE_KEY_INVALID for a prefix that ends inside a segment or lies deeper than MOST_PREFIXES
 */

import { refuse } from './input.ts';

/** Each costs two more keys in the command that reads, so the fifth colon and those behind it begin no prefix. */
export const MOST_PREFIXES = 4;

const EVERYTHING = ',v';

export function implicitTags(key: string): string[] {
  const tags = [EVERYTHING];
  let end = key.indexOf(':');
  while (end >= 0 && tags.length <= MOST_PREFIXES) {
    tags.push(prefixTag(key.slice(0, end + 1)));
    end = key.indexOf(':', end + 1);
  }
  return tags;
}

/** The tag that all keys with the prefix carry; an empty prefix is everything. */
export function tagOfPrefix(prefix: string): string {
  if (prefix === '') return EVERYTHING;
  const segments = prefix.split(':').length - 1;
  if (prefix.endsWith(':') && segments <= MOST_PREFIXES) return prefixTag(prefix);
  const shown = JSON.stringify(prefix.slice(0, 80));
  throw refuse(
    'CACHE_KEY_INVALID',
    `a prefix ends with a colon and has ${MOST_PREFIXES} of them at most, got ${shown}`,
  );
}

/** In the characters of a tag; two prefixes never share one. */
function prefixTag(prefix: string): string {
  return `,v:${encodeURIComponent(prefix.toWellFormed())}`;
}
