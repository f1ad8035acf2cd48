/**
 * Published files in S3, and in what speaks as S3 does: R2, Google Cloud Storage.
 *
 * Errors  as the port; the client's own retries come before
 * Cost    one request each; see s3-upload.ts for large files
 * Source  S3 API Reference: PutObject, HeadObject, GetObject, DeleteObject; S3 User Guide, "Conditional writes"
 */

import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import type { AssetAttributes, AssetStore, WriteCondition } from '../../../shared/publishing/asset-store.ts';
import { md5, sha256 } from '../../publishing/digests.ts';
import { failed, orMissing } from './s3-failures.ts';
import { digestInput, inputOf, type S3AssetsOptions, type S3Place, within } from './s3-place.ts';
import { openUpload } from './s3-upload.ts';
import { tooLong } from './words.ts';

const LIMITS = { smallestPartBytes: 5 * 1024 * 1024, mostParts: 10_000 } as const;

export function createS3Assets(options: S3AssetsOptions) {
  const place: S3Place = { checksums: 'sha256', conditions: true, ...options };
  const { s3, bucket: Bucket } = place;
  return {
    limits: LIMITS,
    async stat(Key) {
      const found = await s3.send(new HeadObjectCommand({ Bucket, Key })).catch(orMissing(Key));
      if (!found) return undefined;
      const { ETag = '', ContentLength = 0 } = found;
      return { etag: ETag, bytes: ContentLength, attributes: attributesOf(found) };
    },
    async read(Key, maxBytes) {
      const found = await s3.send(new GetObjectCommand({ Bucket, Key })).catch(orMissing(Key));
      if (!found) return undefined;
      const { ETag = '', ContentLength = 0, Body } = found;
      if (ContentLength > maxBytes) throw tooLong(Key, maxBytes);
      const bytes = (await Body?.transformToByteArray().catch(failed(Key))) ?? new Uint8Array();
      return { etag: ETag, bytes };
    },
    async put(Key, Body, attributes, { condition, signal } = {}) {
      const command = new PutObjectCommand({
        Bucket,
        Key,
        Body,
        ...inputOf(attributes),
        ...digestInput({ md5: md5(Body), sha256: sha256(Body) }, place),
        ...conditionOf(condition, place),
      });
      const { ETag = '' } = await s3.send(command, within(signal)).catch(failed(Key, signal));
      return { etag: ETag };
    },
    open: (key, attributes, { signal } = {}) => openUpload({ place, key, attributes, signal }),
    async remove(Key) {
      await s3.send(new DeleteObjectCommand({ Bucket, Key })).catch(orMissing(Key));
    },
  } satisfies AssetStore;
}

interface Found {
  readonly ContentType?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly Metadata?: Record<string, string> | undefined;
}

function attributesOf({
  ContentType = '',
  CacheControl = '',
  ContentEncoding,
  Metadata = {},
}: Found): AssetAttributes {
  const coded = ContentEncoding === 'br' || ContentEncoding === 'gzip';
  return {
    contentType: ContentType,
    cacheControl: CacheControl,
    ...(coded && { contentEncoding: ContentEncoding }),
    metadata: Metadata,
  };
}

function conditionOf(
  condition: WriteCondition | undefined,
  { conditions }: S3Place,
): Partial<PutObjectCommandInput> {
  if (!condition || !conditions) return {};
  return 'ifMatch' in condition ? { IfMatch: condition.ifMatch } : { IfNoneMatch: '*' };
}
