/**
 * One grammar of tags that every CDN takes: visible ASCII without comma, space, # and *, lower case, at most 256 characters. A
 * tag that does not fit is replaced by a hash, in the header as in the invalidation, so that the two still meet; should two such
 * tags share a hash, purging one purges the other as well.
 *
 * Shape   'Product-1' -> 'product-1'; 'a*b' -> 'hr-<hash>'
 * Errors  none (total): more tags than an object may have are undefined, where a CDN would drop some in silence
 * Source  CloudFront Developer Guide, "Invalidating content by cache tags"; Cloudflare docs, "Purge cache by cache-tags"
 */

import { shortHash } from '../primitives/short-hash.ts';

export const MOST_TAGS_OF_AN_OBJECT = 50;
const LONGEST_TAG = 256;
const FITS = /^[!"$-)+\--~]+$/;

export function formatCdnTag(tag: string): string {
  const lower = tag.toLowerCase();
  return fitsCdns(lower) ? lower : `hr-${shortHash(lower)}`;
}

export function fitsCdns(tag: string): boolean {
  return tag.length <= LONGEST_TAG && FITS.test(tag) && tag === tag.toLowerCase();
}

/** By the separator of whoever reads the header: a space for Surrogate-Key, a comma for all others. */
export function formatTagHeader(tags: readonly string[], name: string): string | undefined {
  const formatted = [...new Set(tags.map(formatCdnTag))];
  if (formatted.length > MOST_TAGS_OF_AN_OBJECT) return undefined;
  return formatted.join(name === 'surrogate-key' ? ' ' : ',');
}
