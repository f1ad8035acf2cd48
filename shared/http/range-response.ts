/**
 * Cuts the answer to a Range request out of a whole response.
 *
 * Shape   decision + whole response -> { status: 200 | 206 | 416, fields, body }
 * Errors  none (total)
 * Cost    one part is a view of the stored bytes; several are copied into one body
 * Source  RFC 9110 §14.4, §14.6, §15.3.7, §15.5.17
 */
import { concatBytes } from '../primitives/bytes.ts';
import { type Fields, fieldValue, withFields, withoutFields } from './fields.ts';
import type { ByteRange, RangeDecision } from './range.ts';

export interface WholeResponse {
  readonly fields: Fields;
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface RangeResponse extends WholeResponse {
  readonly status: 200 | 206 | 416;
}

/** `boundary` separates parts: random, so that it does not occur in the body. */
export function respondToRange(
  decision: RangeDecision,
  whole: WholeResponse,
  boundary: string,
): RangeResponse {
  switch (decision.kind) {
    case 'whole':
      return { status: 200, ...whole };
    case 'part':
      return onePart(decision, whole);
    case 'parts':
      return severalParts(decision.parts, whole, boundary);
    case 'unsatisfiable':
      return unsatisfiable(whole);
  }
}

/** They speak of the bytes of the whole content (RFC 9530 §2, RFC 1864); Repr-Digest stays true of a part. */
const DIGESTS_OF_CONTENT = ['content-digest', 'content-md5'];

function onePart(range: ByteRange, { fields, body }: WholeResponse): RangeResponse {
  const part = body.subarray(range.start, range.end + 1);
  return { status: 206, fields: partFields(fields, range, body.byteLength), body: part };
}

/** The fields of a 206 with one part, for a whole of so many bytes. */
export function partFields(fields: Fields, range: ByteRange, wholeBytes: number): Fields {
  const described: Fields = [
    ['content-length', String(range.end - range.start + 1)],
    ['content-range', contentRange(range, wholeBytes)],
  ];
  return withFields(withoutFields(fields, DIGESTS_OF_CONTENT), described);
}

/** Content-Range stands in the parts only (§15.3.7.2). */
function severalParts(ranges: readonly ByteRange[], whole: WholeResponse, boundary: string): RangeResponse {
  const body = assemble(ranges, whole, boundary);
  const described: Fields = [
    ['content-length', String(body.byteLength)],
    ['content-type', `multipart/byteranges; boundary=${boundary}`],
  ];
  return {
    status: 206,
    fields: withFields(withoutFields(whole.fields, DIGESTS_OF_CONTENT), described),
    body,
  };
}

function assemble(ranges: readonly ByteRange[], { fields, body }: WholeResponse, boundary: string) {
  const type = fieldValue(fields, 'content-type');
  const typeLine = type === undefined ? '' : `Content-Type: ${type}\r\n`;
  const pieces = ranges.flatMap(range => [
    bytesOf(`\r\n--${boundary}\r\n${typeLine}Content-Range: ${contentRange(range, body.byteLength)}\r\n\r\n`),
    body.subarray(range.start, range.end + 1),
  ]);
  return concatBytes([...pieces, bytesOf(`\r\n--${boundary}--\r\n`)]);
}

function unsatisfiable({ fields, body }: WholeResponse): RangeResponse {
  return { status: 416, fields: unsatisfiableFields(fields, body.byteLength), body: new Uint8Array() };
}

/** It is about this request alone: kept by a cache on the way, it would answer those who ask for the whole. */
export function unsatisfiableFields(fields: Fields, wholeBytes: number): Fields {
  const kept = fields.filter(([name]) => name === 'date' || name === 'etag' || name === 'vary');
  return [
    ...kept,
    ['cache-control', 'no-store'],
    ['content-length', '0'],
    ['content-range', `bytes */${wholeBytes}`],
  ];
}

function contentRange({ start, end }: ByteRange, wholeBytes: number): string {
  return `bytes ${start}-${end}/${wholeBytes}`;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
