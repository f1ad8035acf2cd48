/**
 * Decides whether a request was signed by the holder of the local credentials and arrived as it was signed, so code that
 * would be refused by AWS is refused here too.
 *
 * Shape   request -> { verdict: 'valid', service } | { verdict: 'refused', reason, service }
 * Units   clock epoch ms
 * Errors  none (total). Not checked: the region, session tokens, and the signature of each chunk of a signed stream
 * Source  AWS IAM User Guide, "Create a signed AWS API request"; S3 API Reference, payload hash
 */

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '../loopback.ts';
import { formatCanonicalRequest } from './canonical-request.ts';
import { parseSignatureClaim, type SignatureClaim } from './signature-claim.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Comes with temporary credentials of the real AWS; the local one does not ask for it. */
  readonly sessionToken?: string;
}

export type Refusal =
  | 'missing'
  | 'malformed'
  | 'unknown-key'
  | 'skewed'
  | 'expired'
  | 'unsigned-header'
  | 'mismatch'
  | 'body-mismatch';

export type Verdict =
  | { readonly verdict: 'valid'; readonly service: string }
  | { readonly verdict: 'refused'; readonly reason: Refusal; readonly service: string | null };

export interface Verifying {
  readonly credentials: AwsCredentials;
  readonly now: number;
}

/** How far AWS lets the two clocks differ. */
const SKEW_MS = 15 * 60 * 1000;

export function verifySignature(request: WireRequest, { credentials, now }: Verifying): Verdict {
  const claim = parseSignatureClaim(request);
  if (typeof claim === 'string') return { verdict: 'refused', reason: claim, service: null };
  const { service } = claim.scope;
  const reason = findRefusal(request, claim, { credentials, now });
  return reason === null ? { verdict: 'valid', service } : { verdict: 'refused', reason, service };
}

function findRefusal(
  request: WireRequest,
  claim: SignatureClaim,
  { credentials, now }: Verifying,
): Refusal | null {
  if (claim.keyId !== credentials.accessKeyId) return 'unknown-key';
  const late = checkTime(claim, now);
  if (late) return late;
  if (!coversHeaders(request, claim)) return 'unsigned-header';
  const declared = declaredHash(request, claim);
  const canonical = formatCanonicalRequest(request, claim, declared ?? sha256(request.body));
  if (!equal(claim.signature, sign(canonical, claim, credentials))) return 'mismatch';
  const whole = declared === null || !/^[0-9a-f]{64}$/.test(declared) || declared === sha256(request.body);
  return whole ? null : 'body-mismatch';
}

function checkTime({ form, signedAt }: SignatureClaim, now: number): 'skewed' | 'expired' | null {
  if (form.kind === 'header') return Math.abs(now - signedAt) > SKEW_MS ? 'skewed' : null;
  if (signedAt - now > SKEW_MS) return 'skewed';
  return now > signedAt + form.expiresSeconds * 1000 ? 'expired' : null;
}

/** An `x-amz-` header changes what a request does; one that is not signed could have been added on the way. */
function coversHeaders({ headers }: WireRequest, { signedHeaders }: SignatureClaim): boolean {
  const amazonHeaders = Object.keys(headers).filter(name => name.startsWith('x-amz-'));
  return ['host', ...amazonHeaders].every(name => signedHeaders.includes(name));
}

/** S3 signs the hash that the client declares, or a word in its place; other services sign the body's own hash. */
function declaredHash({ headers, url }: WireRequest, { scope, form }: SignatureClaim): string | null {
  if (scope.service !== 's3') return null;
  const declared = headers['x-amz-content-sha256']?.[0];
  if (declared !== undefined || form.kind === 'header') return declared ?? null;
  return new URLSearchParams(url.split('?')[1]).get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD';
}

function sign(
  canonical: string,
  { scope, timestamp }: SignatureClaim,
  { secretAccessKey }: AwsCredentials,
): string {
  const path = [scope.date, scope.region, scope.service, 'aws4_request'];
  const key = path.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  return hmac(key, ['AWS4-HMAC-SHA256', timestamp, path.join('/'), sha256(canonical)].join('\n')).toString(
    'hex',
  );
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function equal(given: string, expected: string): boolean {
  const bytes = Buffer.from(given);
  return bytes.byteLength === expected.length && timingSafeEqual(bytes, Buffer.from(expected));
}
