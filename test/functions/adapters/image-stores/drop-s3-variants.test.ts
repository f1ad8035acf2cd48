/** In the S3 of the local stack, through the real SDK. */

import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDropVariants } from '../../../../functions/adapters/image-stores/drop-s3-variants.ts';
import { type LocalAws, localCredentials, startAws } from '../../../../infra/local/aws/start.ts';

let aws: LocalAws;
let s3: S3Client;

beforeAll(async () => {
  aws = await startAws({
    topology: { buckets: { variants: {} }, queues: {} },
    credentials: localCredentials({}),
  });
  s3 = new S3Client({ ...aws, forcePathStyle: true });
});
afterAll(async () => {
  s3.destroy();
  await aws.stop();
});

it('deletes what lies below a source, and nothing beside it', async () => {
  const keys = ['a & b.jpg/width=1', 'a & b.jpg/width=2', 'a & b.jpg2/width=1', 'a & b.jp/width=1'];
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket: 'variants', Key, Body: 'x' }));
  const drop = createDropVariants({ s3, bucket: 'variants' });
  expect(await drop('a & b.jpg')).toBe(2);
  expect(await drop('a & b.jpg')).toBe(0);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'variants' }));
  expect(Contents.map(({ Key }) => Key)).toEqual(['a & b.jp/width=1', 'a & b.jpg2/width=1']);
});

it('fails with S3', async () => {
  await expect(createDropVariants({ s3, bucket: 'nowhere' })('a.jpg')).rejects.toThrow();
});
