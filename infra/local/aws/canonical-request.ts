/**
 * Writes a request in the one form that both sides sign, whatever way it travelled.
 *
 * Shape   request, claim, hash of the body -> text
 * Errors  none (total): what cannot be decoded stays as it is, and its signature then differs
 * Source  AWS IAM User Guide, "Create a signed AWS API request", step 1
 */

import type { WireRequest } from '../loopback.ts';
import type { SignatureClaim } from './signature-claim.ts';

export function formatCanonicalRequest(
  request: WireRequest,
  { scope, signedHeaders }: Pick<SignatureClaim, 'scope' | 'signedHeaders'>,
  payloadHash: string,
): string {
  const [path = '/', query = ''] = request.url.split('?');
  return [
    request.method,
    canonicalPath(path, scope.service),
    canonicalQuery(query),
    ...signedHeaders.map(name => `${name}:${canonicalValue(request.headers[name])}`),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/**
 * S3 keys may hold any character, so S3 encodes a path once, whichever way it was sent; every other service encodes what was
 * sent, as it was sent.
 */
function canonicalPath(path: string, service: string): string {
  const segments = path.split('/');
  return segments.map(segment => encode(service === 's3' ? decode(segment) : segment)).join('/');
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter(pair => pair !== '' && !pair.startsWith('X-Amz-Signature='))
    .map(canonicalPair)
    .sort(([leftName, leftValue], [rightName, rightValue]) =>
      leftName === rightName ? compare(leftValue, rightValue) : compare(leftName, rightName),
    )
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function canonicalPair(pair: string): [string, string] {
  const [name = '', ...value] = pair.split('=');
  return [encode(decode(name)), encode(decode(value.join('=')))];
}

function canonicalValue(values: readonly string[] = []): string {
  return values.map(value => value.trim().replace(/ +/g, ' ')).join(',');
}

/** By character code, as the specification sorts: never by a language's alphabet. */
function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
