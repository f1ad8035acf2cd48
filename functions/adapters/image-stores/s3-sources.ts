/**
 * Sources in an S3 bucket.
 *
 * Units   bytes
 * Errors  IMAGE_SOURCE_MISSING, IMAGE_SOURCE_TOO_LARGE; IMAGE_SOURCE_UNAVAILABLE for whatever else S3 or the way to it says
 * Cost    stat: one HeadObject; read: one GetObject
 */
import { GetObjectCommand, HeadObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { type Refusal, refuse } from '../../../shared/images/refusal.ts';
import type { SourceStore } from '../../../shared/images/stores.ts';
import { readWhole } from './read-whole.ts';

export interface S3Place {
  readonly s3: S3Client;
  readonly bucket: string;
}

export function createS3Sources({ s3, bucket: Bucket }: S3Place) {
  return {
    stat: key =>
      orRefusal(async () => {
        const { ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key: key }));
        return { etag: ETag ?? '' };
      }),
    read: (key, maxBytes) =>
      orRefusal(async () => {
        const { Body, ETag, ContentLength } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
        const bytes = await readWhole(Body, { maxBytes, length: ContentLength });
        return 'kind' in bytes ? bytes : { bytes, etag: ETag ?? '' };
      }),
  } satisfies SourceStore;
}

async function orRefusal<Result>(ask: () => Promise<Result>): Promise<Result | Refusal> {
  try {
    return await ask();
  } catch (error) {
    if (isMissing(error)) return refuse('IMAGE_SOURCE_MISSING', 'the store has no object of this name');
    return refuse(
      'IMAGE_SOURCE_UNAVAILABLE',
      error instanceof Error ? error.name : 'the store does not answer',
    );
  }
}

/** NotFound is HEAD's word for NoSuchKey. Where the function may not list, S3 says 403 instead: so it has to be allowed to. */
export function isMissing(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return false;
  return error.name === 'NoSuchKey' || error.name === 'NotFound';
}
