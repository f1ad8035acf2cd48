/**
 * Large payloads as objects of a bucket.
 *
 * Errors  PayloadMissing when there is no such object; PayloadsUnavailable for everything else
 * Cost    one PutObject or GetObject; the client's own retries come before
 */

import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import {
  PayloadMissing,
  type PayloadStore,
  PayloadsUnavailable,
} from '../../../shared/jobs/payload-store.ts';

export interface S3PayloadsOptions {
  readonly s3: Pick<S3Client, 'send'>;
  readonly bucket: string;
}

export function createS3Payloads({ s3, bucket: Bucket }: S3PayloadsOptions) {
  return {
    async put(Key, Body) {
      await s3
        .send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/json' }))
        .catch(cause => refuse(Key, cause));
    },
    async get(Key) {
      const { Body } = await s3
        .send(new GetObjectCommand({ Bucket, Key }))
        .catch(cause => refuse(Key, cause));
      return (await Body?.transformToString().catch(cause => refuse(Key, cause))) ?? '';
    },
  } satisfies PayloadStore;
}

function refuse(key: string, cause: unknown): never {
  if (cause instanceof NoSuchKey) throw new PayloadMissing(`There is no payload ${key}`, { cause });
  throw new PayloadsUnavailable(`The payload ${key} could not be reached`, { cause });
}
