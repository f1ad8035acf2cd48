/**
 * Conditional requests: a client's against a stored response, and ours to the origin.
 *
 * If-Match and If-Unmodified-Since guard changes at the origin and do not apply to a cache (RFC 9111 §4.3.2).
 *
 * Errors  none (total)
 * Source  RFC 9110 §13.1.2, §13.1.3, §13.2, §15.4.5; RFC 9111 §4.3.1, §4.3.2
 */
import { matchesWeak, parseEntityTag, parseEntityTagList } from './etag.ts';
import { type Field, type Fields, fieldValue, hasField, withoutFields } from './fields.ts';
import { parseHttpDate } from './http-date.ts';

export interface SelectedResponse {
  readonly status: number;
  readonly fields: Fields;
  readonly receivedAt: number;
}

export type Condition = 'send' | 'not-modified';

/** Preconditions count only where the answer would be a success (§13.2.1), and If-None-Match hides the date (§13.1.3). */
export function evaluateConditions(method: string, request: Fields, selected: SelectedResponse): Condition {
  if (method !== 'GET' && method !== 'HEAD') return 'send';
  if (selected.status < 200 || selected.status > 299) return 'send';
  const noneMatch = fieldValue(request, 'if-none-match');
  const holds =
    noneMatch === undefined ? isUnmodified(request, selected) : isListed(noneMatch, selected.fields);
  return holds ? 'not-modified' : 'send';
}

/** What a 304 carries: everything but the description of the body it does not have (§15.4.5). */
export function notModifiedFields(fields: Fields): Fields {
  const kept = withoutFields(fields, REPRESENTATION_METADATA);
  return hasField(kept, 'etag') ? withoutFields(kept, ['last-modified']) : kept;
}

/** Asks the origin whether the stored response still stands, by its own words (RFC 9111 §4.3.1). Empty: it cannot. */
export function revalidationFields(stored: Fields): Fields {
  const fields: Field[] = [];
  const tag = fieldValue(stored, 'etag');
  const modified = fieldValue(stored, 'last-modified');
  if (tag !== undefined && (parseEntityTag(tag) ?? isBareTag(tag))) fields.push(['if-none-match', tag]);
  if (modified !== undefined && isHttpDate(modified)) fields.push(['if-modified-since', modified]);
  return fields;
}

export function hasValidator(fields: Fields): boolean {
  return revalidationFields(fields).length > 0;
}

/** These are Headrace's to answer, so they never reach the origin with a cacheable request. */
export const CONDITIONAL_FIELDS = [
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
] as const;

const REPRESENTATION_METADATA = [
  'content-digest',
  'content-encoding',
  'content-language',
  'content-length',
  'content-md5',
  'content-range',
  'content-type',
  'digest',
  'repr-digest',
];

function isListed(noneMatch: string, fields: Fields): boolean {
  const listed = parseEntityTagList(noneMatch);
  if (listed === '*') return true;
  const tag = fieldValue(fields, 'etag');
  if (tag === noneMatch && isBareTag(tag)) return true;
  const current = parseEntityTag(tag);
  return current !== undefined && listed.some(tag => matchesWeak(tag, current));
}

/** Some origins forget the quotes: such a tag is one text that comes back as it went, or it is nothing. */
function isBareTag(tag: string): boolean {
  return /^[\w.:/+=-]{1,256}$/.test(tag);
}

/** Without Last-Modified the stored Date stands in, and without that the time of receipt (RFC 9111 §4.3.2). */
function isUnmodified(request: Fields, { fields, receivedAt }: SelectedResponse): boolean {
  const since = parseHttpDate(fieldValue(request, 'if-modified-since') ?? '', receivedAt);
  if (since === undefined) return false;
  const changed = fieldValue(fields, 'last-modified') ?? fieldValue(fields, 'date') ?? '';
  return (parseHttpDate(changed, receivedAt) ?? receivedAt) <= since;
}

/** Only the form is asked; which century a two-digit year means does not matter. */
function isHttpDate(value: string): boolean {
  return parseHttpDate(value, 0) !== undefined;
}
