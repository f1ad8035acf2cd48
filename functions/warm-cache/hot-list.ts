/**
 * Reads the list of hot URLs that a person keeps in the bucket.
 *
 * Shape   object -> text | null when there is none
 * Units   bytes
 * Errors  RangeError for an object larger than any list; the SDK's errors for everything but a missing object
 * Cost    one GetObject
 */

import { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';

export interface HotListSource {
  readonly s3: S3Client;
  readonly bucket: string;
}

const KEY = 'hot-urls.txt';
const MAX_BYTES = 8 * 1024 * 1024;

export async function readHotList({ s3, bucket }: HotListSource): Promise<string | null> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: KEY }));
    return Body instanceof Readable ? await readBounded(Body) : '';
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
}

/** Leaving the loop ends the stream: a connection left half read would break later, and take the function with it. */
async function readBounded(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new RangeError(`${KEY} is larger than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
