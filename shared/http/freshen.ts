/**
 * Updates a stored response from a 304.
 *
 * Errors  none (total)
 * Source  RFC 9111 §3.2, §4.3.4
 */
import { withheldFields } from './cache-control.ts';
import { type EntityTag, matchesWeak, parseEntityTag } from './etag.ts';
import { type Fields, fieldValue, withFields, withoutFields } from './fields.ts';
import { withoutHopByHop } from './hop-by-hop.ts';
import { selectDirectives } from './targeted.ts';
import { TRACE_FIELDS } from './trace-context.ts';

/**
 * Whether the 304 speaks of this stored response: by its tag; one without a tag answers the condition we sent. When it does
 * not, the stored response is left alone and the origin asked without a condition.
 *
 * Its Last-Modified is not compared, as §4.3.4 has it: where the nodes of an origin disagree on dates, what each confirms
 * would be fetched anew each time.
 *
 * §4.3.4 asks for strong comparison where the new tag is strong. We compare weakly: nginx weakens the tag of a compressed
 * 200 but not that of its 304, so such an origin could never be revalidated. The stored tag then stays weak (`freshen`).
 */
export function isFreshenedBy(stored: Fields, notModified: Fields): boolean {
  const newTag = tagOf(notModified);
  if (newTag === undefined) return true;
  const storedTag = tagOf(stored);
  return storedTag !== undefined && matchesWeak(storedTag, newTag);
}

/**
 * Each field of the 304 replaces the stored one of its name, except those that describe the stored bytes (§3.2). Age and
 * Date tell when the origin last spoke, which is now: the stored ones go even where the 304 brings none. What is withheld
 * from the store stays out, whether the stored response says so or the 304.
 */
export function freshen(stored: Fields, notModified: Fields): Fields {
  const claimsMore = tagOf(stored)?.weak === true && tagOf(notModified)?.weak === false;
  const kept = claimsMore ? [...KEPT_AS_STORED, 'etag'] : KEPT_AS_STORED;
  const updates = withoutFields(withoutHopByHop(notModified), kept);
  const merged = withFields(withoutFields(stored, ['age', 'date']), updates);
  return withoutFields(merged, withheldFields(selectDirectives(merged).directives));
}

function tagOf(fields: Fields): EntityTag | undefined {
  return parseEntityTag(fieldValue(fields, 'etag'));
}

/**
 * Content-Length never changes with a 304 (§3.2); coding, type and range say how to read the bytes we already have.
 * Set-Cookie and the trace belong to the one request that caused the 304.
 */
const KEPT_AS_STORED = [
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'set-cookie',
  'set-cookie2',
  ...TRACE_FIELDS,
];
