/**
 * POST …/assets/presign: what a browser needs to put one file into the bucket of assets by itself.
 *
 * Shape   {key, contentType, method?, bytes | maxBytes, expiresSeconds?, tags?} -> 200 {method, key, url, headers | fields, expiresAt}
 * Errors  400 ASSET_UPLOAD_INVALID naming the field, 400 ASSET_TYPE_ACTIVE, 404 ASSETS_NOT_SET_UP
 * Cost    some hashes; no request
 */

import type { Context } from 'hono';
import { PRESIGN_BODY, type Presigned } from '../../shared/api/assets.ts';
import { type Presigning, presignPost, presignPut } from '../../shared/aws/presign.ts';
import { s3RegionOf } from '../../shared/aws/s3-region.ts';
import type { AwsCredentials } from '../../shared/config/settings.ts';
import type { Problem } from '../../shared/http/problem.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import { isActiveType } from '../../shared/publishing/active-type.ts';
import { pathOfKey } from '../../shared/publishing/asset-path.ts';
import { cacheControlOf } from '../../shared/publishing/cache-control.ts';
import { isContentName } from '../../shared/publishing/content-name.ts';
import { problemResponse } from '../problem-response.ts';
import { readBody } from './read-body.ts';

export interface PresignDeps {
  /** What the URL of every asset begins with. */
  readonly assetsUrl: string | undefined;
  readonly credentials: AwsCredentials | undefined;
  /** Where the bucket's own address names none. */
  readonly region: string;
  readonly clock: Clock;
}

export function presignAsset({ assetsUrl, credentials, region, clock }: PresignDeps) {
  return async ({ req }: Context): Promise<Response> => {
    if (!assetsUrl || !credentials) return problemResponse(NOT_SET_UP);
    const read = readBody(await req.text(), PRESIGN_BODY());
    if (!read.ok) return problemResponse(invalid(read.words));
    const { contentType, trusted, expiresSeconds } = read.value;
    if (isActiveType(contentType) && !trusted) return problemResponse(active(contentType));
    const signing = {
      credentials,
      region: s3RegionOf(assetsUrl, region),
      now: clock(),
      expiresSeconds,
    };
    const upload = { ...read.value, key: read.value.key.normalize('NFC') };
    return Response.json(await presign(upload, assetsUrl, signing), NO_STORE);
  };
}

const NO_STORE = { headers: { 'cache-control': 'no-store' } };

interface Upload {
  readonly method: 'POST' | 'PUT';
  readonly key: string;
  readonly contentType: string;
  readonly bytes?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly tags: readonly string[];
}

async function presign(upload: Upload, assetsUrl: string, signing: Presigning): Promise<Presigned> {
  const { method, key, contentType, bytes = 0, maxBytes = 0, tags } = upload;
  const expiresAt = signing.now + signing.expiresSeconds * 1_000;
  const said = {
    'content-type': contentType,
    'cache-control': cacheControlOf(isContentName(key)),
    ...(tags.length > 0 && { 'x-amz-meta-cache-tag': tags.join(',') }),
  };
  if (method === 'PUT') {
    const headers = { ...said, 'content-length': String(bytes) };
    return {
      method,
      key,
      url: await presignPut(assetsUrl + pathOfKey(key), headers, signing),
      headers,
      expiresAt,
    };
  }
  const { url, bucket, folder } = placeOf(assetsUrl);
  const fields = { 'Content-Type': contentType, 'Cache-Control': said['cache-control'] };
  const tagged = tags.length > 0 ? { ...fields, 'x-amz-meta-cache-tag': tags.join(',') } : fields;
  const posted = { bucket, key: folder + key, maxBytes, fields: tagged };
  return { method, key, url, fields: await presignPost(posted, signing), expiresAt };
}

/** A form goes to the bucket, which is named by the host, or by the first folder of the path. */
function placeOf(assetsUrl: string) {
  const { origin, hostname, pathname } = new URL(assetsUrl);
  const named = /^(.+)\.s3[.-][^/]*amazonaws\.com(?:\.cn)?$/.exec(hostname);
  const [first = '', ...rest] = pathname.slice(1).split('/');
  if (named) return { url: `${origin}/`, bucket: named[1] ?? '', folder: pathname.slice(1) };
  return { url: `${origin}/${first}/`, bucket: first, folder: rest.join('/') };
}

const NOT_SET_UP: Problem = {
  status: 404,
  code: 'ASSETS_NOT_SET_UP',
  title: 'This edge knows no bucket of assets',
  detail: 'Set ASSETS_URL to what the URL of every asset begins with, with AWS credentials beside it.',
};

function invalid(detail: string): Problem {
  return { status: 400, code: 'ASSET_UPLOAD_INVALID', title: 'The upload cannot be understood', detail };
}

function active(contentType: string): Problem {
  const detail = `Browsers run ${contentType} in the name of the host that serves it. Send "trusted": true if no visitor chose the file.`;
  return { status: 400, code: 'ASSET_TYPE_ACTIVE', title: 'This type is not for uploads', detail };
}
