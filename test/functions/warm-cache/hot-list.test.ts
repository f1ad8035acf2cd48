import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHotList } from '../../../functions/warm-cache/hot-list.ts';
import { type LocalAws, localCredentials, startAws } from '../../../infra/local/aws/start.ts';

let aws: LocalAws;
let s3: S3Client;

beforeAll(async () => {
  aws = await startAws({
    topology: { buckets: { data: {}, empty: {} }, queues: {} },
    credentials: localCredentials({}),
  });
  s3 = new S3Client(aws);
});

afterAll(async () => {
  s3.destroy();
  await aws.stop();
});

async function putList(body: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: 'data', Key: 'hot-urls.txt', Body: body }));
}

describe('readHotList', () => {
  it('finds no list where there is none', async () => {
    expect(await readHotList({ s3, bucket: 'empty' })).toBeNull();
  });

  it('reads the object hot-urls.txt', async () => {
    await putList('/a\n/b\n');
    expect(await readHotList({ s3, bucket: 'data' })).toBe('/a\n/b\n');
  });

  it('refuses an object that is no list', async () => {
    await putList('x'.repeat(8 * 1024 * 1024 + 1));
    await expect(readHotList({ s3, bucket: 'data' })).rejects.toThrow(
      'hot-urls.txt is larger than 8388608 bytes',
    );
  });

  it('does not take a missing bucket for a missing list', async () => {
    await expect(readHotList({ s3, bucket: 'nowhere' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});
