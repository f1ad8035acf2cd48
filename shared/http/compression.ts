/**
 * Whether Headrace compresses a response before storing it, and what the response then says of itself.
 *
 * Never what is already encoded, partial, signed by a digest or under no-transform. A response that would be compressed
 * for another client varies by Accept-Encoding as well (`varyByEncoding`), or the first client's form would be everyone's.
 *
 * Shape   request + response -> { compress: true, coding } | { compress: false, why }
 * Units   bytes
 * Errors  none (total)
 * Source  RFC 9110 §7.7, §8.4, §8.8.3.3, §12.5.3, §12.5.5; RFC 9111 §5.2.1.6, §5.2.2.6
 */
import { normalizeAcceptEncoding } from './accept-encoding.ts';
import { parseRequestDirectives, parseResponseDirectives } from './cache-control.ts';
import { isCompressibleType } from './compressible-type.ts';
import { type Fields, fieldValue, hasField, withFields } from './fields.ts';
import { splitList } from './grammar.ts';
import { type Coding, withTagOfCoding } from './tag-of-coding.ts';
import { selectDirectives } from './targeted.ts';
import { parseVary } from './vary.ts';

/** Port: the adapter wraps what the runtime has. */
export interface Codec {
  readonly name: Coding;
  compress(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
}

export interface CompressionOptions {
  /** Most wanted first; only those there is a codec for. */
  readonly codings: readonly Coding[];
  /** Below it the fields of a compressed response eat up what is saved. */
  readonly minBytes: number;
  /** Above it compressing takes more of an isolate's time than one response may: 2 MiB are 55 ms of brotli 5. */
  readonly maxBytes: number;
  /** A body that shrinks by more is a bomb to whoever inflates it. */
  readonly maxRatio: number;
}

export const COMPRESSION_DEFAULTS = {
  codings: ['br', 'zstd', 'gzip'],
  minBytes: 1_024,
  maxBytes: 2 * 1024 * 1024,
  maxRatio: 100,
} as const satisfies CompressionOptions;

export type NotCompressed =
  | 'status'
  | 'encoded'
  | 'no-transform'
  | 'digest'
  | 'type'
  | 'size'
  | 'not-accepted';

export type CompressionDecision =
  | { readonly compress: true; readonly coding: Coding }
  | { readonly compress: false; readonly why: NotCompressed };

export interface CompressionInput {
  readonly requestFields: Fields;
  readonly status: number;
  readonly fields: Fields;
  readonly bodyBytes: number;
}

export function decideCompression(
  input: CompressionInput,
  options: CompressionOptions = COMPRESSION_DEFAULTS,
): CompressionDecision {
  const why = formForbids(input) ?? contentForbids(input, options);
  if (why !== undefined) return { compress: false, why };
  const accepted = normalizeAcceptEncoding(fieldValue(input.requestFields, 'accept-encoding')) ?? 'identity';
  const coding = options.codings.find(name => splitList(accepted).includes(name));
  return coding === undefined ? { compress: false, why: 'not-accepted' } : { compress: true, coding };
}

/** Whether the outcome is kept: smaller, and no bomb. */
export function isWorthKeeping(
  bodyBytes: number,
  compressedBytes: number,
  { maxRatio }: Pick<CompressionOptions, 'maxRatio'> = COMPRESSION_DEFAULTS,
): boolean {
  return compressedBytes < bodyBytes && bodyBytes <= compressedBytes * maxRatio;
}

/** Apply it again after a 304 has freshened the fields: the origin knows nothing of our coding. Length is the caller's. */
export function compressedFields(fields: Fields, coding: Coding): Fields {
  return withFields(withTagOfCoding(varyByEncoding(fields), coding), [['content-encoding', coding]]);
}

export function varyByEncoding(fields: Fields): Fields {
  const vary = parseVary(fields);
  if (vary === '*' || vary.includes('accept-encoding')) return fields;
  return [...fields, ['vary', 'Accept-Encoding']];
}

const INCOMPRESSIBLE_STATUSES = new Set([204, 205, 206, 304]);

/** A digest would no longer be true of what is sent (RFC 9530 §2, §3); which of them we could drop is not ours to say. */
const DIGEST_FIELDS = ['content-digest', 'content-md5', 'digest', 'repr-digest'];

function formForbids({ requestFields, status, fields }: CompressionInput): NotCompressed | undefined {
  if (status < 200 || INCOMPRESSIBLE_STATUSES.has(status) || hasField(fields, 'content-range'))
    return 'status';
  const coding = fieldValue(fields, 'content-encoding') ?? 'identity';
  if (!/^(?:identity)?$/i.test(coding)) return 'encoded';
  if (forbidsTransform(requestFields, fields)) return 'no-transform';
  return DIGEST_FIELDS.some(name => hasField(fields, name)) ? 'digest' : undefined;
}

/** It is about the content, not about caching: a targeted field that says nothing of it does not lift it. */
function forbidsTransform(requestFields: Fields, fields: Fields): boolean {
  return [
    parseRequestDirectives(requestFields),
    parseResponseDirectives(fields),
    selectDirectives(fields).directives,
  ].some(({ noTransform }) => noTransform);
}

function contentForbids(
  { fields, bodyBytes }: CompressionInput,
  { minBytes, maxBytes }: CompressionOptions,
): NotCompressed | undefined {
  if (!isCompressibleType(fieldValue(fields, 'content-type') ?? '')) return 'type';
  return bodyBytes < minBytes || bodyBytes > maxBytes ? 'size' : undefined;
}
