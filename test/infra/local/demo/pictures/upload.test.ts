import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalAws, startAws } from '../../../../../infra/local/aws/start.ts';
import { type Bucket, uploadPictures } from '../../../../../infra/local/demo/pictures/upload.ts';

const credentials = { accessKeyId: 'demo', secretAccessKey: 'a secret' };
let aws: LocalAws;
let client: S3Client;
let bucket: Bucket;

beforeAll(async () => {
  aws = await startAws({ topology: { buckets: { data: {} }, queues: {} } as never, credentials });
  const { endpoint, region } = aws;
  client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  bucket = { endpoint, region, ...credentials, name: 'data' };
});

afterAll(async () => {
  client.destroy();
  await aws.stop();
});

test('puts pictures where functions look for them, and leaves what is there', async () => {
  await client.send(new PutObjectCommand({ Bucket: 'data', Key: 'products/1.jpg', Body: 'mine' }));
  await uploadPictures(bucket, 2);
  const kept = await client.send(new GetObjectCommand({ Bucket: 'data', Key: 'products/1.jpg' }));
  expect(await kept.Body?.transformToString()).toBe('mine');
  const made = await client.send(new HeadObjectCommand({ Bucket: 'data', Key: 'products/2.jpg' }));
  expect(made).toMatchObject({ ContentType: 'image/jpeg' });
  expect(made.ContentLength).toBeGreaterThan(5_000);
});

test('says which picture was refused, and why', async () => {
  const elsewhere = uploadPictures({ ...bucket, name: 'nowhere' }, 1);
  await expect(elsewhere).rejects.toThrow(/nowhere\/products\/1\.jpg was refused: 404 .*NoSuchBucket/s);
});
