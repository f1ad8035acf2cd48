/** Sources and variants in the S3 of the local stack, through the real SDK. */

import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3Sources } from '../../../../functions/adapters/image-stores/s3-sources.ts';
import { createS3Variants } from '../../../../functions/adapters/image-stores/s3-variants.ts';
import { type LocalAws, localCredentials, startAws } from '../../../../infra/local/aws/start.ts';

let aws: LocalAws;
let s3: S3Client;
const errors: unknown[] = [];

beforeAll(async () => {
  aws = await startAws({
    topology: { buckets: { images: {}, variants: {} }, queues: {} },
    credentials: localCredentials({}),
  });
  s3 = new S3Client(aws);
  await s3.send(new PutObjectCommand({ Bucket: 'images', Key: 'photos/ü 1.jpg', Body: 'the bytes' }));
});

afterAll(async () => {
  s3.destroy();
  await aws.stop();
});

const variantsIn = (bucket: string) =>
  createS3Variants({ s3, bucket, cacheControl: 'public, max-age=60', onError: error => errors.push(error) });

describe('a source', () => {
  it('comes with its ETag, which is known without it', async () => {
    const sources = createS3Sources({ s3, bucket: 'images' });
    const stat = await sources.stat('photos/ü 1.jpg');
    const read = await sources.read('photos/ü 1.jpg', 100);
    if ('kind' in read) throw new Error(read.code);
    expect(new TextDecoder().decode(read.bytes)).toBe('the bytes');
    expect(stat).toEqual({ etag: read.etag });
  });

  it('that is not there, too long, or out of reach is refused', async () => {
    const sources = createS3Sources({ s3, bucket: 'images' });
    expect(await sources.stat('no.jpg')).toMatchObject({ code: 'IMAGE_SOURCE_MISSING' });
    expect(await sources.read('no.jpg', 100)).toMatchObject({ code: 'IMAGE_SOURCE_MISSING' });
    expect(await sources.read('photos', 100)).toMatchObject({ code: 'IMAGE_SOURCE_MISSING' });
    expect(await sources.read('photos/ü 1.jpg', 8)).toMatchObject({ code: 'IMAGE_SOURCE_TOO_LARGE' });
    const closed = new S3Client({ ...aws, endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
    expect(await createS3Sources({ s3: closed, bucket: 'images' }).stat('photos/ü 1.jpg')).toMatchObject({
      code: 'IMAGE_SOURCE_UNAVAILABLE',
    });
  });
});

describe('a variant', () => {
  const key = 'photos/ü 1.jpg/width=640,crop=1;2;3;4,format=webp,quality=77';
  const variant = {
    bytes: new Uint8Array([1, 2, 3]),
    contentType: 'image/webp',
    sourceETag: '"é-1"',
    tag: 'src-abc',
  };

  it('is found as it was kept', async () => {
    const variants = variantsIn('variants');
    expect(await variants.find(key)).toBeUndefined();
    await variants.keep(key, variant);
    const { bytes, contentType, sourceETag } = variant;
    const found = await variants.find(key);
    expect({ ...found, bytes: Uint8Array.from(found?.bytes ?? []) }).toEqual({
      bytes,
      contentType,
      sourceETag,
    });
    expect(errors).toEqual([]);
  });

  it('tells a CDN in front of the bucket its tag, its type and how long it keeps', async () => {
    const head = await s3.send(new HeadObjectCommand({ Bucket: 'variants', Key: key }));
    expect(head).toMatchObject({ ContentType: 'image/webp', CacheControl: 'public, max-age=60' });
    expect(head.Metadata?.['cache-tag']).toBe('src-abc');
  });

  it('in a bucket that is not there is made anew, and somebody hears of it', async () => {
    expect(await variantsIn('nowhere').find(key)).toBeUndefined();
    expect(errors).toHaveLength(1);
    await expect(variantsIn('nowhere').keep(key, variant)).rejects.toThrow();
  });

  it('that somebody else put there says nothing of its source, and does not count', async () => {
    await s3.send(
      new PutObjectCommand({ Bucket: 'variants', Key: 'foreign', Body: 'x', ContentType: 'image/png' }),
    );
    expect(await variantsIn('variants').find('foreign')).toBeUndefined();
  });
});
