/**
 * Reads published files from their private bucket, as an origin: in brotli or gzip where the client takes it and the file was
 * stored so, plain otherwise.
 *
 * Nothing that a client says reaches the bucket but the path, conditions and a range: a query would ask S3 for other things
 * than files, and another method would change them, in the edge's own name.
 *
 * Errors  404 for what is not there, 405 for what is no reading, 502 where the bucket refuses or fails: none is kept
 * Cost    one request; two for a text that has no compressed form
 * Source  S3 API Reference, GetObject; RFC 9110 §12.5.5 (Vary), §15.5.6
 */

import { s3RegionOf } from '../../shared/aws/s3-region.ts';
import { createSignedFetch, type SignedFetch } from '../../shared/aws/signed-fetch.ts';
import type { AwsCredentials } from '../../shared/config/settings.ts';
import { splitList } from '../../shared/http/grammar.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import { assetKeyOf, isTextName, pathOfKey } from '../../shared/publishing/asset-path.ts';
import {
  VARIANT_CODINGS,
  type VariantCoding,
  variantKey,
  variantOf,
} from '../../shared/publishing/text-variants.ts';
import type { SendUpstream, UpstreamRequest } from '../adapters/upstream.ts';
import type { PlatformRequestInit } from '../platform.ts';
import { assetResponse, notRead, problemOf, unmetResponse } from './asset-response.ts';

export interface AskBucketDeps {
  readonly credentials: AwsCredentials;
  /** Where the bucket's own address names none. */
  readonly region: string;
  readonly clock: Clock;
  readonly fetch: (url: string, init: PlatformRequestInit) => Promise<Response>;
}

/** An origin that is a bucket is asked here, every other by `plain`. */
export function withBucket(plain: SendUpstream, deps: AskBucketDeps): SendUpstream {
  let send: SignedFetch | undefined;
  return request => {
    const { bucketUrl } = request.origin;
    if (bucketUrl === undefined) return plain(request);
    send ??= signedFor(bucketUrl, deps);
    return askBucket(request, send);
  };
}

function signedFor(bucketUrl: string, { fetch, region, ...signing }: AskBucketDeps): SignedFetch {
  return createSignedFetch({
    ...signing,
    service: 's3',
    region: s3RegionOf(bucketUrl, region),
    fetch: (url, init) => fetch(url, { ...init, encodeResponseBody: 'manual' } as PlatformRequestInit),
  });
}

async function askBucket(request: UpstreamRequest, send: SignedFetch): Promise<Response> {
  const { method, target } = request;
  if (method !== 'GET' && method !== 'HEAD') return notRead();
  const key = assetKeyOf(target.split('?', 1)[0] ?? '');
  if (key === undefined) return problemOf(404);
  const isText = isTextName(key);
  const coding = isText ? codingFor(request.headers) : undefined;
  const compressed = coding && (await ask(variantKey(key, coding), request, send));
  if (compressed && isForm(compressed, coding)) return assetResponse(compressed, { isText });
  await compressed?.body?.cancel();
  const found = await ask(key, request, send);
  if (isUsable(found) && !isFormAlone(key, found)) return assetResponse(found, { isText });
  await found.body?.cancel();
  if (found.status === 412 || found.status === 416) return unmetResponse(found, { isText });
  return problemOf(isUsable(found) ? 404 : found.status);
}

function ask(
  key: string,
  { origin, method, headers, signal }: UpstreamRequest,
  send: SignedFetch,
): Promise<Response> {
  return send(origin.bucketUrl + pathOfKey(key), { method, headers: sentHeaders(headers), signal });
}

function isUsable({ ok, status }: Response): boolean {
  return ok || status === 304;
}

/** A file that is only called so, an archive or what a visitor uploaded, is no form of another. */
function isForm(found: Response, coding: VariantCoding): boolean {
  return found.status === 304 || (found.ok && found.headers.get('content-encoding') === coding);
}

/** A form has no address of its own: whoever asked for it by name may not take its coding, and no cache would be told of it. */
function isFormAlone(key: string, { headers }: Response): boolean {
  return variantOf(key) !== undefined && headers.has('content-encoding');
}

/** A range is of the plain file. */
function codingFor(headers: Headers): VariantCoding | undefined {
  if (headers.has('range')) return undefined;
  // The proxy has reduced it to the names of what is accepted.
  const accepted = splitList(headers.get('accept-encoding') ?? '');
  return VARIANT_CODINGS.find(coding => accepted.includes(coding));
}

const SENT = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'range', 'if-range'];
/** Of anything else, the bucket would see other bytes than were signed, and refuse. */
const SIGNABLE = /^[\x20-\x7e]*$/;

function sentHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    SENT.flatMap((name): [string, string][] => {
      const value = headers.get(name);
      return value === null || !SIGNABLE.test(value) ? [] : [[name, value]];
    }),
  );
}
