/**
 * Reads the list of hot URLs that a person keeps in the bucket.
 *
 * Shape   object -> text | null when there is none
 * Units   bytes
 * Errors  RangeError for an object larger than any list; the SDK's errors for everything but a missing object
 * Cost    one GetObject
 */

import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';

export interface HotListSource {
  readonly s3: S3Client;
  readonly bucket: string;
}

export const HOT_LIST_KEY = 'hot-urls.txt';
const MAX_BYTES = 8 * 1024 * 1024;

export async function readHotList({ s3, bucket }: HotListSource): Promise<string | null> {
  try {
    const { Body, ContentLength = 0 } = await s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: HOT_LIST_KEY }),
    );
    if (ContentLength > MAX_BYTES) {
      throw new RangeError(`${HOT_LIST_KEY} has ${ContentLength} bytes, more than ${MAX_BYTES}`);
    }
    return (await Body?.transformToString()) ?? '';
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
}
