/**
 * Reads what a request claims about its signature: who signed, when, for which service, over which headers.
 *
 * Shape   request -> claim | 'missing' | 'malformed'
 * Units   signedAt epoch ms
 * Errors  none (total)
 * Source  Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)": header and query forms
 */

import type { WireRequest } from '../loopback.ts';

export interface SignatureClaim {
  readonly keyId: string;
  readonly scope: { readonly date: string; readonly region: string; readonly service: string };
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** The instant as it was signed, for example 20130524T000000Z. */
  readonly timestamp: string;
  readonly signedAt: number;
  /** A presigned URL says how long it holds; a signed header holds for the clock's allowance. */
  readonly form:
    | { readonly kind: 'header' }
    | { readonly kind: 'presigned'; readonly expiresSeconds: number };
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const LONGEST_PRESIGNED_SECONDS = 7 * 24 * 60 * 60;

export function parseSignatureClaim(request: WireRequest): SignatureClaim | 'missing' | 'malformed' {
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  const header = request.headers.authorization?.[0];
  if (header !== undefined) return parseHeader(header, request.headers['x-amz-date']?.[0]);
  return query.has('X-Amz-Signature') ? parsePresigned(query) : 'missing';
}

function parseHeader(header: string, timestamp: string | undefined): SignatureClaim | 'malformed' {
  const [algorithm, ...rest] = header.split(' ');
  const fields = new Map(
    rest
      .join('')
      .split(',')
      .map(field => splitOnce(field, '=')),
  );
  if (algorithm !== ALGORITHM) return 'malformed';
  return build({
    credential: fields.get('Credential'),
    signedHeaders: fields.get('SignedHeaders'),
    signature: fields.get('Signature'),
    timestamp,
    form: { kind: 'header' },
  });
}

function parsePresigned(query: URLSearchParams): SignatureClaim | 'malformed' {
  const expiresSeconds = Number(query.get('X-Amz-Expires'));
  const allowed = Number.isInteger(expiresSeconds) && expiresSeconds >= 1;
  if (query.get('X-Amz-Algorithm') !== ALGORITHM || !allowed || expiresSeconds > LONGEST_PRESIGNED_SECONDS) {
    return 'malformed';
  }
  return build({
    credential: query.get('X-Amz-Credential'),
    signedHeaders: query.get('X-Amz-SignedHeaders'),
    signature: query.get('X-Amz-Signature'),
    timestamp: query.get('X-Amz-Date'),
    form: { kind: 'presigned', expiresSeconds },
  });
}

interface Fields {
  readonly credential: string | null | undefined;
  readonly signedHeaders: string | null | undefined;
  readonly signature: string | null | undefined;
  readonly timestamp: string | null | undefined;
  readonly form: SignatureClaim['form'];
}

function build({
  credential,
  signedHeaders,
  signature,
  timestamp,
  form,
}: Fields): SignatureClaim | 'malformed' {
  const scope = /^(?<keyId>[^/]+)\/(?<date>\d{8})\/(?<region>[\w-]+)\/(?<service>[\w-]+)\/aws4_request$/;
  const { keyId, date, region, service } = scope.exec(credential ?? '')?.groups ?? {};
  const signedAt = parseTimestamp(timestamp ?? '');
  if (!keyId || !date || !region || !service || !signedHeaders || !signature || !timestamp)
    return 'malformed';
  // The signing key is made for one day: a request of another day is not covered by it.
  if (Number.isNaN(signedAt) || !timestamp.startsWith(date)) return 'malformed';
  const names = signedHeaders.split(';');
  return {
    keyId,
    scope: { date, region, service },
    signedHeaders: names,
    signature,
    timestamp,
    signedAt,
    form,
  };
}

function parseTimestamp(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return Number.NaN;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
