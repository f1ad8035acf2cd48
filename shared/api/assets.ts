/**
 * What the route takes and answers that lets a browser upload.
 *
 * Units   bytes, seconds
 * Errors  the words of a refusal follow the name of the field
 */

import * as z from 'zod/mini';
import { isCacheTag } from '../http/cache-tags.ts';
import { lazy } from '../primitives/lazy.ts';
import { parseAssetKey } from '../publishing/asset-key.ts';

/** S3 takes no more in one request. */
const MOST_BYTES = 5 * 1024 * 1024 * 1024;
const LONGEST_SECONDS = 3_600;
const MOST_TAGS = 50;

export const PRESIGN_BODY = lazy(() =>
  z
    .strictObject({
      key: z.string().check(
        z.refine(
          key => parseAssetKey(key).ok,
          'must be a name without hidden folders, dot segments and control characters',
        ),
        z.describe('What the file will be called.'),
      ),
      contentType: z
        .string()
        .check(
          z.regex(
            /^[\w.+-]+\/[\w.+-]+(?:; ?charset=[\w-]+)?$/,
            'must be a media type, for example image/jpeg',
          ),
          z.describe('What the file will be served as; the upload has to say the same.'),
        ),
      method: z
        ._default(z.enum(['POST', 'PUT']), 'POST')
        .check(z.describe('POST: a form, with a bound on its size. PUT: exactly as many bytes as said.')),
      bytes: z.optional(size()).check(z.describe('Of a PUT: exactly so many.')),
      maxBytes: z.optional(size()).check(z.describe('Of a POST: at most so many.')),
      expiresSeconds: z._default(
        z.int().check(z.minimum(1, 'must be 1 or more'), z.maximum(LONGEST_SECONDS, 'must be 3600 or less')),
        900,
      ),
      tags: z._default(
        z
          .array(
            z
              .string()
              .check(z.refine(tag => tag !== '' && isCacheTag(tag), 'must be visible ASCII without a comma')),
          )
          .check(z.maxLength(MOST_TAGS, 'must be 50 or fewer')),
        [],
      ),
      trusted: z
        ._default(z.boolean(), false)
        .check(
          z.describe('Whether the file may be HTML, a script, a style sheet or SVG: browsers run them.'),
        ),
    })
    .check(
      z.refine(
        ({ method, bytes, maxBytes }) =>
          (method === 'PUT') === (bytes !== undefined && maxBytes === undefined),
        'must have bytes for PUT, and maxBytes for POST',
      ),
      z.refine(
        ({ method, maxBytes, bytes }) => method === 'PUT' || (maxBytes !== undefined && bytes === undefined),
        'must have bytes for PUT, and maxBytes for POST',
      ),
    ),
);

export const PRESIGNED = lazy(() =>
  z.strictObject({
    method: z.enum(['POST', 'PUT']),
    key: z.string(),
    url: z.string().check(z.describe('Where the browser sends the file.')),
    headers: z
      .optional(z.record(z.string(), z.string()))
      .check(z.describe('Of a PUT: the request has to have them, as they are here.')),
    fields: z
      .optional(z.record(z.string(), z.string()))
      .check(z.describe('Of a POST: fields of the form; the field `file` comes after them.')),
    expiresAt: z.int().check(z.describe('Until when the upload may begin, in epoch milliseconds.')),
  }),
);

function size() {
  return z.int().check(z.minimum(1, 'must be 1 or more'), z.maximum(MOST_BYTES, 'must be 5 GB or less'));
}

export type PresignBody = z.input<ReturnType<typeof PRESIGN_BODY>>;
export type Presigned = z.output<ReturnType<typeof PRESIGNED>>;
