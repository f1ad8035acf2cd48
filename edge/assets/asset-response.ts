/**
 * What the bucket answered, as an origin would say it: its tags under the name that caches read, no word of S3's own, and a
 * type that no browser guesses about.
 *
 * Shape   S3's response -> response; a status -> problem
 * Source  RFC 9110 §8.8.3, §12.5.5; WHATWG Fetch, "X-Content-Type-Options"
 */

import type { Problem } from '../../shared/http/problem.ts';
import { encodedResponse } from '../adapters/encoded-response.ts';
import { problemResponse } from '../problem-response.ts';

const KEPT = [
  'accept-ranges',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'etag',
  'last-modified',
];
const TAGS = 'x-amz-meta-cache-tag';

export function assetResponse(found: Response, { isText }: { readonly isText: boolean }): Response {
  const headers = new Headers({ 'x-content-type-options': 'nosniff' });
  for (const name of KEPT) {
    const value = found.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const tags = found.headers.get(TAGS);
  if (tags !== null) headers.set('cache-tag', tags);
  // The plain file too is an answer to what the client takes.
  if (isText) headers.set('vary', 'Accept-Encoding');
  return encodedResponse(found.status, headers, found.body);
}

/** A condition or a range that is not met: S3's own words about it name what is nobody's business. */
export function unmetResponse(
  { status, headers }: Response,
  { isText }: { readonly isText: boolean },
): Response {
  const told = new Headers(headers);
  for (const name of ['content-length', 'content-type']) told.delete(name);
  return assetResponse(new Response(null, { status, headers: told }), { isText });
}

/** Reading is all that this origin does. */
export function notRead(): Response {
  return problemResponse(NOT_READ, { allow: 'GET, HEAD' });
}

/** Of a bucket's refusal nothing is shown: it names the bucket, and whose key was used. */
export function problemOf(status: number): Response {
  return problemResponse(status === 404 ? MISSING : REFUSED);
}

const MISSING: Problem = {
  status: 404,
  code: 'ASSET_MISSING',
  title: 'There is no such file',
};

const REFUSED: Problem = {
  status: 502,
  code: 'ASSETS_UNAVAILABLE',
  title: 'The bucket of assets does not answer as it should',
  detail: 'The edge needs s3:GetObject on it, and s3:ListBucket to be told what is not there.',
};

const NOT_READ: Problem = {
  status: 405,
  code: 'ASSET_METHOD_UNSUPPORTED',
  title: 'Published files are only read',
};
