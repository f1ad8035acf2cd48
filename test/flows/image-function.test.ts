/** Flow: a signed request to the Function URL -> the deployable bundle in AWS's runtime client -> S3, through the real SDK. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AwsClient } from 'aws4fetch';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalAws, localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { type FunctionsPart, startFunctions } from '../../infra/local/functions/start.ts';
import { eventually } from '../eventually.ts';
import { photograph, pixelAt } from '../functions/optimize-image/pictures.ts';

const topology = {
  buckets: { images: {}, variants: {} },
  queues: {},
  functions: {
    'optimize-image': {
      entry: 'functions/optimize-image/handler.ts',
      memoryMb: 512,
      timeoutSeconds: 20,
      url: { streams: true },
      reads: ['images' as never],
      writes: ['variants' as never],
    },
  },
} as const;

let stateDir: string;
let aws: LocalAws;
let functions: FunctionsPart;
let s3: S3Client;
let signer: AwsClient;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-images-'));
  aws = await startAws({ topology, credentials: localCredentials({}) });
  s3 = new S3Client(aws);
  const settings = { svg: 'rasterise', ladder: null };
  functions = await startFunctions({
    topology,
    aws,
    environment: { IMAGE_SETTINGS: JSON.stringify(settings) },
    stateDir,
    log: () => {},
  });
  signer = new AwsClient({ ...aws.credentials, service: 'lambda', region: aws.region });
  await put('photos/hill 1.jpg', await photograph({ width: 240, height: 160 }).jpeg().toBuffer());
});

afterAll(async () => {
  await functions.stop();
  await aws.stop();
  await rm(stateDir, { recursive: true });
});

const put = (Key: string, Body: Uint8Array | string) =>
  s3.send(new PutObjectCommand({ Bucket: 'images', Key, Body }));

async function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const url = `${functions.urls['optimize-image']}${path}`;
  return signer.fetch(url, { headers: { 'x-headrace-image': path, ...headers } });
}

async function variantKeys(): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'variants' }));
  return Contents.map(({ Key = '' }) => Key);
}

const kept = (key: string) =>
  eventually(() => s3.send(new HeadObjectCommand({ Bucket: 'variants', Key: key })));

describe('a picture', () => {
  const url = '/images/width=120,format=webp,quality=70/photos/hill%201.jpg';
  const key = 'photos/hill 1.jpg/width=120,format=webp,quality=70';

  it('is streamed, and stored with the tag of its source', async () => {
    const response = await ask(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/webp');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 120, height: 80 });
    const { Metadata, ContentType } = await kept(key);
    expect(Metadata?.['cache-tag']).toBe(response.headers.get('cache-tag'));
    expect(ContentType).toBe('image/webp');
    const stored = await s3.send(new GetObjectCommand({ Bucket: 'variants', Key: key }));
    expect(Uint8Array.from((await stored.Body?.transformToByteArray()) ?? [])).toEqual(bytes);
  });

  it('is read from the store the next time: what lies there is what comes', async () => {
    await kept(key);
    const { Metadata } = await s3.send(new HeadObjectCommand({ Bucket: 'variants', Key: key }));
    await s3.send(
      new PutObjectCommand({
        Bucket: 'variants',
        Key: key,
        Body: 'planted',
        ContentType: 'image/webp',
        Metadata,
      }),
    );
    expect(await (await ask(url)).text()).toBe('planted');
  });

  it('is made anew from a changed source, under the same name', async () => {
    const before = await ask(url);
    await before.body?.cancel();
    await put(
      'photos/hill 1.jpg',
      await sharp({ create: { width: 90, height: 60, channels: 3, background: '#0000ff' } })
        .jpeg()
        .toBuffer(),
    );
    const after = await ask(url);
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
    const [red = 0, , blue = 0] = await pixelAt(new Uint8Array(await after.arrayBuffer()), [0.5, 0.5]);
    expect(blue).toBeGreaterThan(red + 150);
  });

  it('that the client has is confirmed', async () => {
    const first = await ask(url);
    await first.body?.cancel();
    const response = await ask(url, { 'if-none-match': first.headers.get('etag') ?? '' });
    expect(response.status).toBe(304);
    expect(await response.text()).toBe('');
  });
});

describe('the request', () => {
  it('must be signed', async () => {
    expect((await fetch(`${functions.urls['optimize-image']}/images/width=1/a.jpg`)).status).toBe(403);
  });

  it('chooses the format by itself where nobody has', async () => {
    const response = await ask('/images/width=40/photos/hill%201.jpg', { accept: 'image/avif,image/webp' });
    expect(response.headers.get('content-type')).toBe('image/avif');
    expect(response.headers.get('vary')).toBe('Accept');
    await response.body?.cancel();
  });

  it('may ask what the picture is', async () => {
    const response = await ask('/images/format=json/photos/hill%201.jpg');
    expect(await response.json()).toMatchObject({ type: 'jpeg', thumbhash: expect.any(String) });
  });
});

describe('bad input', () => {
  beforeAll(async () => {
    await put('folder/inside.jpg', 'x');
    await put('empty.jpg', '');
    await put('page.jpg', '<html><script>alert(1)</script></html>');
    await put('polyglot.gif', 'GIF89a/*.......*/=1;alert(1)//');
    await put(
      'half.jpg',
      (await photograph({ width: 200, height: 200 }).jpeg().toBuffer()).subarray(0, 2_000),
    );
    await put(
      'plain.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10" fill="#00f"/><image href="file:///etc/passwd" width="5" height="5"/></svg>',
    );
  });

  it.each([
    ['/images/width=0/empty.jpg', 400, 'IMAGE_OPTION_INVALID'],
    ['/images/width=-5/empty.jpg', 400, 'IMAGE_OPTION_INVALID'],
    ['/images/width=abc/empty.jpg', 400, 'IMAGE_OPTION_INVALID'],
    ['/images/width=1e9/empty.jpg', 400, 'IMAGE_OPTION_INVALID'],
    ['/images/width=9/missing.jpg', 404, 'IMAGE_SOURCE_MISSING'],
    ['/images/width=9/folder', 404, 'IMAGE_SOURCE_MISSING'],
    ['/images/width=9/folder/', 400, 'IMAGE_KEY_INVALID'],
    ['/images/width=9/empty.jpg', 422, 'IMAGE_SOURCE_EMPTY'],
    ['/images/width=9/page.jpg', 415, 'IMAGE_TYPE_UNSUPPORTED'],
    ['/images/width=9/polyglot.gif', 422, 'IMAGE_UNREADABLE'],
    ['/images/width=9/half.jpg', 422, 'IMAGE_UNREADABLE'],
    ['/images/width=9/https%3A%2F%2F169.254.169.254%2Fa.jpg', 403, 'IMAGE_SOURCE_REFUSED'],
  ])('%s is a %i %s, and leaves nothing behind', async (path, status, code) => {
    const response = await ask(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status, code });
    expect((await variantKeys()).filter(key => !key.startsWith('photos/'))).toEqual([]);
  });

  it('an SVG is drawn within its time, and opens no files', async () => {
    const response = await ask('/images/width=100,format=png/plain.svg');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(response.status).toBe(200);
    expect(await pixelAt(bytes, [0.5, 0.5])).toEqual([0, 0, 255]);
  });
});
