/**
 * One grammar of tags that every CDN takes: visible ASCII without comma, space, # and *, lower case, at most 256 characters. A
 * tag that does not fit is replaced by its hash, in the header as in the invalidation, so that the two still meet.
 *
 * Shape   'Product-1' -> 'product-1'; 'a*b' -> 'hr-<20 hex digits>'
 * Errors  RangeError for more tags than an object may have: what a CDN drops in silence is refused here
 * Source  CloudFront Developer Guide, "Invalidating content by cache tags"; Cloudflare docs, "Purge cache by cache-tags"
 */

import { hashText } from '../primitives/hash.ts';

export const MOST_TAGS_OF_AN_OBJECT = 50;
const LONGEST_TAG = 256;
const FITS = /^[!"$-)+\--~]+$/;
const HASH_DIGITS = 20;

export async function formatCdnTag(tag: string): Promise<string> {
  const lower = tag.toLowerCase();
  if (fitsCdns(lower)) return lower;
  return `hr-${(await hashText(lower)).slice(0, HASH_DIGITS)}`;
}

export function fitsCdns(tag: string): boolean {
  return tag.length <= LONGEST_TAG && FITS.test(tag) && tag === tag.toLowerCase();
}

/** By the separator of whoever reads the header: comma for most, a space for Surrogate-Key. */
export async function formatTagHeader(tags: readonly string[], separator: ',' | ' ' = ','): Promise<string> {
  const formatted = [...new Set(await Promise.all(tags.map(formatCdnTag)))];
  if (formatted.length > MOST_TAGS_OF_AN_OBJECT)
    throw new RangeError(`An object has ${formatted.length} tags; CDNs keep ${MOST_TAGS_OF_AN_OBJECT}.`);
  return formatted.join(separator);
}
