/**
 * Lets somebody without credentials put one object into a bucket: by a URL that is signed for it, or a form with a signed policy.
 *
 * A URL holds for exactly the headers it was signed with, the length among them; a form may hold for lengths up to a bound.
 *
 * Shape   what may be put -> { url, headers } | { url, fields }
 * Units   instants epoch ms, lifetimes in seconds
 * Cost    some hashes; no request
 * Source  S3 API Reference, "Authenticating requests: using query parameters"; "Browser-based uploads using POST"
 */

import { AwsV4Signer } from 'aws4fetch';
import { hexOf } from '../primitives/hash.ts';
import { formatDatetime } from './datetime.ts';
import type { AwsCredentials } from './signed-fetch.ts';

export interface Presigning {
  readonly credentials: AwsCredentials;
  readonly region: string;
  readonly now: number;
  readonly expiresSeconds: number;
}

export async function presignPut(
  to: string,
  headers: Readonly<Record<string, string>>,
  { credentials, region, now, expiresSeconds }: Presigning,
): Promise<string> {
  const url = new URL(to);
  url.searchParams.set('X-Amz-Expires', String(expiresSeconds));
  const signer = new AwsV4Signer({
    method: 'PUT',
    url: url.href,
    headers,
    ...credentials,
    region,
    service: 's3',
    datetime: formatDatetime(now),
    signQuery: true,
    // Type and length too: whoever has the URL can put nothing else.
    allHeaders: true,
  });
  return (await signer.sign()).url.href;
}

export interface PostedObject {
  readonly bucket: string;
  readonly key: string;
  readonly maxBytes: number;
  /** Fields of the form besides, each as it has to be. */
  readonly fields: Readonly<Record<string, string>>;
}

/** All fields of the form but the file, which has to be the last. */
export async function presignPost(
  { bucket, key, maxBytes, fields }: PostedObject,
  { credentials, region, now, expiresSeconds }: Presigning,
): Promise<Record<string, string>> {
  const datetime = formatDatetime(now);
  const scope = [datetime.slice(0, 8), region, 's3', 'aws4_request'];
  const said = {
    key,
    ...fields,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': [credentials.accessKeyId, ...scope].join('/'),
    'x-amz-date': datetime,
    ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const conditions = [
    { bucket },
    ...Object.entries(said).map(([name, value]) => ({ [name]: value })),
    ['content-length-range', 1, maxBytes],
  ];
  const expiration = new Date(now + expiresSeconds * 1_000).toISOString();
  const policy = toBase64(JSON.stringify({ expiration, conditions }));
  const signature = hexOf(await signWith(`AWS4${credentials.secretAccessKey}`, [...scope, policy]));
  return { ...said, policy, 'x-amz-signature': signature };
}

/** Each signature is the key of the next. */
async function signWith(secret: string, texts: readonly string[]): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  let key = new Uint8Array(encoder.encode(secret));
  for (const text of texts) {
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const imported = await crypto.subtle.importKey('raw', key, hmac, false, ['sign']);
    key = new Uint8Array(await crypto.subtle.sign('HMAC', imported, encoder.encode(text)));
  }
  return key;
}

function toBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join(''));
}
