/**
 * Variants in an S3 bucket, each with the ETag of its source and the tag by which a CDN drops all variants of that source.
 *
 * Errors  find: none, what cannot be read is made anew; keep: the SDK's
 * Cost    one GetObject, one PutObject
 * Source  CloudFront Developer Guide, "Invalidate by cache tag": the object's metadata becomes a response header
 */
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { isRefusal } from '../../../shared/images/refusal.ts';
import type { VariantStore } from '../../../shared/images/stores.ts';
import { readWhole } from './read-whole.ts';
import { isMissing, type S3Place } from './s3-sources.ts';

export interface S3VariantOptions extends S3Place {
  /** For whoever reads the bucket without this function in between. */
  readonly cacheControl: string;
  readonly onError: (error: unknown) => void;
}

/** No picture that was stored is larger. */
const MAX_BYTES = 200 * 1024 * 1024;

export function createS3Variants({ s3, bucket: Bucket, cacheControl, onError }: S3VariantOptions) {
  return {
    async find(key) {
      try {
        const { Body, ContentType, ContentLength, Metadata } = await s3.send(
          new GetObjectCommand({ Bucket, Key: key }),
        );
        const bytes = await readWhole(Body, { maxBytes: MAX_BYTES, length: ContentLength });
        const sourceETag = Metadata?.['source-etag'];
        if (isRefusal(bytes) || sourceETag === undefined || ContentType === undefined) return undefined;
        return { bytes, contentType: ContentType, sourceETag: decodeURIComponent(sourceETag) };
      } catch (error) {
        if (!isMissing(error)) onError(error);
        return undefined;
      }
    },
    async keep(key, { bytes, contentType, sourceETag, tag }) {
      await s3.send(
        new PutObjectCommand({
          Bucket,
          Key: key,
          Body: bytes,
          ContentType: contentType,
          CacheControl: cacheControl,
          // Metadata travels as header fields: an ETag's quotes and letters are safe only encoded.
          Metadata: { 'cache-tag': tag, 'source-etag': encodeURIComponent(sourceETag) },
        }),
      );
    },
  } satisfies VariantStore;
}
