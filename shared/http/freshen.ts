/**
 * Updates a stored response from a 304.
 *
 * Source  RFC 9111 §3.2, §4.3.4
 * Errors  none (total)
 */
import { matchesStrong, matchesWeak, parseEntityTag } from './etag.ts';
import { type Fields, fieldValue, withFields, withoutFields } from './fields.ts';
import { withoutHopByHop } from './hop-by-hop.ts';

/**
 * Whether the 304 speaks of this stored response (§4.3.4): its strong tag must match strongly, else its weak tag weakly,
 * else its Last-Modified exactly. One without a validator answers the condition we sent. When it does not, the stored
 * response is left alone and the origin is asked again without a condition.
 */
export function isFreshenedBy(stored: Fields, notModified: Fields): boolean {
  const storedTag = parseEntityTag(fieldValue(stored, 'etag'));
  const newTag = parseEntityTag(fieldValue(notModified, 'etag'));
  if (newTag !== undefined) {
    if (storedTag === undefined) return false;
    return newTag.weak ? matchesWeak(storedTag, newTag) : matchesStrong(storedTag, newTag);
  }
  const newModified = fieldValue(notModified, 'last-modified');
  const storedModified = fieldValue(stored, 'last-modified');
  return newModified === undefined || storedModified === undefined || newModified === storedModified;
}

/** Each field of the 304 replaces the stored one of its name, except those that describe the stored bytes (§3.2). */
export function freshen(stored: Fields, notModified: Fields): Fields {
  const updates = withoutFields(withoutHopByHop(notModified), KEPT_AS_STORED);
  return withFields(stored, updates);
}

/**
 * Content-Length never changes with a 304 (§3.2); coding, type and range say how to read the bytes we already have.
 * Set-Cookie belongs to the one request that caused the 304.
 */
const KEPT_AS_STORED = [
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'set-cookie',
  'set-cookie2',
];
