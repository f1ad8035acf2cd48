/**
 * Which bytes of a whole response answer a Range request.
 *
 * Asked after the other conditions, and only of a 200: a 304 or an error hides Range (§14.2). Ranges that overlap, or lie
 * closer than the header of a part is long, become one, so that the answer never outgrows the body however many are asked
 * for. A field that is invalid or asks for too many is ignored: the whole is always a right answer.
 *
 * Shape   request + stored response -> RangeDecision; both ends of a part count
 * Errors  none (total)
 * Source  RFC 9110 §8.8.2.2, §13.1.5, §14.1, §14.2, §15.3.7.2, §17.15
 */
import { matchesStrong, parseEntityTag } from './etag.ts';
import { type Fields, fieldValue, hasField } from './fields.ts';
import { splitList, trimWhitespace } from './grammar.ts';
import { parseHttpDate } from './http-date.ts';
import { parseVary } from './vary.ts';

export interface ByteRange {
  readonly start: number;
  /** The last byte, included. */
  readonly end: number;
}

export type RangeDecision =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'parts'; readonly parts: readonly ByteRange[] }
  | { readonly kind: 'unsatisfiable' };

export interface RangeInput {
  readonly method: string;
  readonly requestFields: Fields;
  readonly status: number;
  readonly fields: Fields;
  readonly bodyBytes: number;
}

/** More than any reader of documents asks for at once; past it a client is broken or hostile (§17.15). */
export const MAX_RANGES = 32;

const WHOLE: RangeDecision = { kind: 'whole' };

export function decideRange(input: RangeInput): RangeDecision {
  const { method, requestFields, status, bodyBytes } = input;
  const value = fieldValue(requestFields, 'range');
  if (value === undefined || method !== 'GET' || status !== 200 || bodyBytes === 0) return WHOLE;
  const specs = parseRangeSpecs(value);
  if (specs === undefined || !ifRangeHolds(input)) return WHOLE;
  const ranges = specs.map(spec => resolve(spec, bodyBytes)).filter(range => range !== undefined);
  return choose(coalesce(ranges), input.fields);
}

/** From the first byte to the end, as players ask at first: whoever reads it all gets the whole. */
export function asksForPart({
  method,
  requestFields,
}: Pick<RangeInput, 'method' | 'requestFields'>): boolean {
  if (method !== 'GET') return false;
  const value = fieldValue(requestFields, 'range');
  return value !== undefined && !EVERYTHING.test(trimWhitespace(value));
}

const EVERYTHING = /^bytes=0-$/i;

/** §14.1.2: a range from its first byte, or the last so many bytes. */
type RangeSpec = { readonly first: number; readonly last: number } | { readonly suffix: number };

const BYTE_RANGES = /^bytes=(.*)$/i;
const RANGE_SPEC = /^(?:(\d+)-(\d*)|-(\d+))$/;

/** One invalid member makes the whole field invalid (§14.1.1). */
function parseRangeSpecs(value: string): readonly RangeSpec[] | undefined {
  const [, set] = BYTE_RANGES.exec(trimWhitespace(value)) ?? [];
  const members = splitList(set ?? '');
  if (members.length === 0 || members.length > MAX_RANGES) return undefined;
  const specs = members.map(parseRangeSpec);
  return specs.every(spec => spec !== undefined) ? specs : undefined;
}

function parseRangeSpec(text: string): RangeSpec | undefined {
  const match = RANGE_SPEC.exec(text);
  if (match === null) return undefined;
  const [, first, last = '', suffix] = match;
  if (first === undefined) return { suffix: Number(suffix) };
  const spec = { first: Number(first), last: last === '' ? Number.POSITIVE_INFINITY : Number(last) };
  return spec.last < spec.first ? undefined : spec;
}

/** Undefined: no byte of the body lies in it. */
function resolve(spec: RangeSpec, bodyBytes: number): ByteRange | undefined {
  const end = bodyBytes - 1;
  if ('suffix' in spec)
    return spec.suffix === 0 ? undefined : { start: Math.max(0, bodyBytes - spec.suffix), end };
  return spec.first > end ? undefined : { start: spec.first, end: Math.min(spec.last, end) };
}

/** What the fields of one more part cost, about (§15.3.7.2). */
const PART_OVERHEAD_BYTES = 80;

/** A merged range stands where its first member stood in the request (§15.3.7.2). */
function coalesce(ranges: readonly ByteRange[]): readonly ByteRange[] {
  const merged: { start: number; end: number; place: number }[] = [];
  const ascending = ranges.map((range, place) => ({ ...range, place })).sort((a, b) => a.start - b.start);
  for (const range of ascending) {
    const last = merged.at(-1);
    if (last === undefined || range.start - last.end - 1 > PART_OVERHEAD_BYTES) merged.push(range);
    else {
      last.end = Math.max(last.end, range.end);
      last.place = Math.min(last.place, range.place);
    }
  }
  return merged.sort((a, b) => a.place - b.place).map(({ start, end }) => ({ start, end }));
}

/** Content-Encoding would speak of the multipart body instead of the bytes in its parts: encoded bodies stay whole. */
function choose(parts: readonly ByteRange[], fields: Fields): RangeDecision {
  const [first] = parts;
  if (first === undefined) return { kind: 'unsatisfiable' };
  if (parts.length === 1) return { kind: 'part', ...first };
  return hasField(fields, 'content-encoding') ? WHOLE : { kind: 'parts', parts };
}

/** Parts are put together by the client, so only proof of identical bytes counts (§13.1.5). */
function ifRangeHolds({ requestFields, fields }: RangeInput): boolean {
  const validator = fieldValue(requestFields, 'if-range');
  if (validator === undefined) return true;
  const tag = parseEntityTag(validator);
  if (tag === undefined) return isStrongDate(trimWhitespace(validator), fields);
  const current = parseEntityTag(fieldValue(fields, 'etag'));
  return current !== undefined && matchesStrong(tag, current);
}

/**
 * A date is proof when the response was sent a second or more after it (§8.8.2.2), and when it stands for one
 * representation: variants of one moment share their date. Which century a two-digit year means does not matter.
 */
function isStrongDate(date: string, fields: Fields): boolean {
  if (fieldValue(fields, 'last-modified') !== date || parseVary(fields).length > 0) return false;
  const modifiedAt = parseHttpDate(date, 0);
  const sentAt = parseHttpDate(fieldValue(fields, 'date') ?? '', 0);
  return modifiedAt !== undefined && sentAt !== undefined && sentAt - modifiedAt >= 1000;
}
