/**
 * Entity-tags of responses that Headrace compressed: the origin's tag with the coding behind it, because strong tags of
 * different bytes must differ, and the way back.
 *
 * Weak tags stay: they promise the same meaning, not the same bytes. Clients' conditions on a stored response need no way
 * back, it is stored with the tag it is served with. If-Range is never mapped: the origin would splice its own bytes onto
 * the compressed ones the client has; unmapped, it does not match and the client gets the whole.
 *
 * Shape   '"a"' + 'br' <-> '"a~hr-br"'
 * Errors  none (total)
 * Source  RFC 9110 §8.8.1, §8.8.3.3, §13.1.1, §13.1.5
 */
import { KNOWN_CODINGS } from './accept-encoding.ts';
import { type EntityTag, formatEntityTag, parseEntityTag } from './etag.ts';
import { type Fields, fieldValue, withFields } from './fields.ts';

export type Coding = (typeof KNOWN_CODINGS)[number];

/** Not `-gzip` and the like: those are other servers' own. */
const SUFFIX = `~hr-(?:${KNOWN_CODINGS.join('|')})`;
const ENDS_OPAQUE = new RegExp(`${SUFFIX}$`);
/** No quote can stand inside a tag, so the one after the suffix ends it. */
const ENDS_TAG = new RegExp(`${SUFFIX}"`, 'g');

/** The tag of the response in this coding, whichever of the two it had before. */
export function withTagOfCoding(fields: Fields, coding: Coding): Fields {
  const tag = parseEntityTag(fieldValue(fields, 'etag'));
  if (tag === undefined || tag.weak) return fields;
  const opaque = `${originTag(tag).opaque}~hr-${coding}`;
  return withFields(fields, [['etag', formatEntityTag({ weak: false, opaque })]]);
}

/** The response as the origin knows it: to revalidate by, and to compare its 304 with. */
export function withOriginTag(fields: Fields): Fields {
  const tag = parseEntityTag(fieldValue(fields, 'etag'));
  if (tag === undefined || originTag(tag) === tag) return fields;
  return withFields(fields, [['etag', formatEntityTag(originTag(tag))]]);
}

/** A client's condition on its way to the origin: a change guarded by the tag we gave must pass. */
export function conditionsAtOrigin(request: Fields): Fields {
  const value = fieldValue(request, 'if-match');
  if (value === undefined) return request;
  return withFields(request, [['if-match', value.replaceAll(ENDS_TAG, '"')]]);
}

function originTag(tag: EntityTag): EntityTag {
  if (tag.weak || !ENDS_OPAQUE.test(tag.opaque)) return tag;
  return { weak: false, opaque: tag.opaque.replace(ENDS_OPAQUE, '') };
}
