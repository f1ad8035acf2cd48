/**
 * Reads the tags by which the origin will purge a response.
 *
 * A response with a tag we cannot keep is refused whole: stored without it, it could not be purged.
 *
 * Shape   Surrogate-Key 'a b', Cache-Tag 'c,d' -> { valid: true, tags: ['a', 'b', 'c', 'd'] }
 * Units   a tag is ASCII, so its length is its bytes
 * Errors  none (total): { valid: false, why }
 */
import { type Fields, fieldValue } from './fields.ts';
import { trimWhitespace } from './grammar.ts';

export type CacheTags =
  | { readonly valid: true; readonly tags: readonly string[] }
  | { readonly valid: false; readonly why: 'tag-count' | 'tag-length' | 'tag-characters' };

/** Of no use to a client, and they tell it how the site is built: stripped on delivery. */
export const CACHE_TAG_FIELDS = ['surrogate-key', 'cache-tag'] as const;

export const MAX_TAGS = 64;
export const MAX_TAG_BYTES = 256;

const TAG = /^[!-+\--~]+$/;

export function parseCacheTags(fields: Fields): CacheTags {
  const bySpaces = (fieldValue(fields, 'surrogate-key') ?? '').split(/[ \t,]+/);
  const byCommas = (fieldValue(fields, 'cache-tag') ?? '').split(',').map(trimWhitespace);
  const tags = [...new Set([...bySpaces, ...byCommas])].filter(tag => tag !== '');
  if (tags.length > MAX_TAGS) return { valid: false, why: 'tag-count' };
  if (tags.some(tag => tag.length > MAX_TAG_BYTES)) return { valid: false, why: 'tag-length' };
  return tags.every(isCacheTag) ? { valid: true, tags } : { valid: false, why: 'tag-characters' };
}

export function isCacheTag(tag: string): boolean {
  return tag.length <= MAX_TAG_BYTES && TAG.test(tag);
}
