/** What Headrace relies on in S3, through the SDK that speaks to the real one. */

import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  type HeadObjectCommandInput,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalAws, localCredentials, startAws } from '../../infra/local/aws/start.ts';

const Bucket = 'data';
const MIB = 1024 * 1024;

let aws: LocalAws;
let s3: S3Client;

beforeAll(async () => {
  aws = await startAws({
    topology: { buckets: { data: {} }, queues: {} },
    credentials: localCredentials({}),
  });
  s3 = new S3Client(aws);
});

afterAll(async () => {
  s3.destroy();
  await aws.stop();
});

const put = (Key: string, options: Omit<PutObjectCommandInput, 'Bucket' | 'Key'>) =>
  s3.send(new PutObjectCommand({ Bucket, Key, ...options }));
const get = (Key: string, options: Partial<GetObjectCommandInput> = {}) =>
  s3.send(new GetObjectCommand({ Bucket, Key, ...options }));
const head = (Key: string, options: Partial<HeadObjectCommandInput> = {}) =>
  s3.send(new HeadObjectCommand({ Bucket, Key, ...options }));

async function bytesOf(Key: string): Promise<Buffer> {
  const { Body } = await get(Key);
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

function withStatus(httpStatusCode: number, name?: string) {
  return expect.objectContaining({
    ...(name && { name }),
    $metadata: expect.objectContaining({ httpStatusCode }),
  });
}

describe('an object', () => {
  it('comes back as it went, with its type, metadata and ETag', async () => {
    const { ETag } = await put('whole.html', {
      Body: '<p>hällo</p>',
      ContentType: 'text/html',
      CacheControl: 'max-age=60',
      Metadata: { tag: 'a b' },
    });
    const found = await get('whole.html');
    expect(found).toMatchObject({
      ETag,
      ContentType: 'text/html',
      CacheControl: 'max-age=60',
      Metadata: { tag: 'a b' },
    });
    expect(await found.Body?.transformToString()).toBe('<p>hällo</p>');
  });

  it.each(['plain', 'a/b/c.txt', 'space and+plus.txt', 'ümlaut & ?query=#x.txt', "quote'()*!.txt"])(
    'may be called %s',
    async key => {
      await put(key, { Body: key });
      expect((await bytesOf(key)).toString()).toBe(key);
    },
  );

  it('may be empty', async () => {
    await put('empty', { Body: '' });
    expect((await head('empty')).ContentLength).toBe(0);
    expect(await bytesOf('empty')).toHaveLength(0);
  });

  it('may come as a stream, which the SDK sends in chunks', async () => {
    const bytes = randomBytes(300_000);
    await put('streamed', { Body: Readable.from([bytes]), ContentLength: bytes.byteLength });
    expect((await bytesOf('streamed')).equals(bytes)).toBe(true);
  });

  it('may come in parts', async () => {
    const parts = [randomBytes(5 * MIB), randomBytes(MIB)];
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'parts' }));
    const uploaded = await Promise.all(
      parts.map(async (Body, at) => {
        const part = { Bucket, Key: 'parts', UploadId, PartNumber: at + 1, Body };
        return { PartNumber: at + 1, ETag: (await s3.send(new UploadPartCommand(part))).ETag };
      }),
    );
    const MultipartUpload = { Parts: uploaded };
    await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'parts', UploadId, MultipartUpload }));
    expect((await bytesOf('parts')).equals(Buffer.concat(parts))).toBe(true);
  });

  it('gives a range of itself', async () => {
    await put('digits', { Body: '0123456789' });
    const middle = await get('digits', { Range: 'bytes=2-4' });
    expect(middle).toMatchObject({ ContentRange: 'bytes 2-4/10' });
    expect(await middle.Body?.transformToString()).toBe('234');
  });

  it('is gone when it was deleted', async () => {
    await put('gone', { Body: 'x' });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await expect(get('gone')).rejects.toEqual(withStatus(404, 'NoSuchKey'));
    await expect(head('gone')).rejects.toEqual(withStatus(404, 'NotFound'));
  });

  it('of a bucket that is not there is another error', async () => {
    const asked = s3.send(new GetObjectCommand({ Bucket: 'nowhere', Key: 'x' }));
    await expect(asked).rejects.toEqual(withStatus(404, 'NoSuchBucket'));
  });
});

describe('a list', () => {
  it('comes in pages, by prefix, in order', async () => {
    for (const at of [3, 1, 2]) await put(`list/${at}`, { Body: 'x' });
    const first = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/', MaxKeys: 2 }));
    expect(first.Contents?.map(({ Key }) => Key)).toEqual(['list/1', 'list/2']);
    const { NextContinuationToken: ContinuationToken } = first;
    const rest = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/', ContinuationToken }));
    expect(rest).toMatchObject({ IsTruncated: false, Contents: [{ Key: 'list/3' }] });
  });
});

describe('a write on a condition', () => {
  it('takes a free key, and only a free one', async () => {
    await put('once', { Body: 'first', IfNoneMatch: '*' });
    await expect(put('once', { Body: 'second', IfNoneMatch: '*' })).rejects.toEqual(
      withStatus(412, 'PreconditionFailed'),
    );
    expect((await bytesOf('once')).toString()).toBe('first');
  });

  it('lets one of many win', async () => {
    const attempts = Array.from({ length: 8 }, (_, at) =>
      put('race', { Body: String(at), IfNoneMatch: '*' }),
    );
    const won = (await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
  });

  it('replaces the version it knows, and no other', async () => {
    const { ETag: IfMatch } = await put('version', { Body: '1' });
    await put('version', { Body: '2', IfMatch });
    await expect(put('version', { Body: '3', IfMatch })).rejects.toEqual(
      withStatus(412, 'PreconditionFailed'),
    );
    expect((await bytesOf('version')).toString()).toBe('2');
  });

  it('replaces nothing where nothing is', async () => {
    await expect(put('never', { Body: 'x', IfMatch: '"abc"' })).rejects.toEqual(withStatus(404, 'NoSuchKey'));
  });
});

describe('a read on a condition', () => {
  it('says that nothing changed', async () => {
    const { ETag } = await put('unchanged', { Body: 'x' });
    await expect(get('unchanged', { IfNoneMatch: ETag })).rejects.toEqual(withStatus(304));
    await expect(head('unchanged', { IfNoneMatch: ETag })).rejects.toEqual(withStatus(304));
    expect((await head('unchanged', { IfNoneMatch: '"other"' })).ETag).toBe(ETag);
  });

  it('fails for another version', async () => {
    await put('other', { Body: 'x' });
    await expect(get('other', { IfMatch: '"abc"' })).rejects.toEqual(withStatus(412, 'PreconditionFailed'));
    await expect(head('other', { IfMatch: '"abc"' })).rejects.toEqual(withStatus(412));
  });
});
