/**
 * Flow: CloudFront as the template draws it -> the function at the visitor -> the bundle of Lambda@Edge -> the bucket of
 * variants -> the image function's bundle in AWS's runtime client; a changed source -> its events -> forget-variants.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AwsClient } from 'aws4fetch';
import { build } from 'esbuild';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledFile } from '../../infra/bundle.ts';
import { nameVariantBundle } from '../../infra/constructs/name-variant-code.ts';
import {
  LOCAL_DISTRIBUTION,
  type LocalAws,
  localCredentials,
  startAws,
} from '../../infra/local/aws/start.ts';
import { type FunctionsPart, startFunctions } from '../../infra/local/functions/start.ts';
import { topology as real } from '../../infra/topology.ts';
import { signedImageUrl } from '../../shared/images/url/image-url.ts';
import { eventually } from '../eventually.ts';
import { createFakeCloudFront, type FakeCloudFrontDeps } from '../fakes/cloudfront.ts';
import { photograph, pixelAt } from '../functions/optimize-image/pictures.ts';
import { drawAll } from '../infra/drawing.ts';

const forgetting = real.functions['forget-variants'];
const topology = {
  buckets: real.buckets,
  queues: { 'changed-sources': { visibilitySeconds: 60, maxReceives: 5, fedBy: 'images' } },
  functions: {
    'optimize-image': real.functions['optimize-image'],
    'forget-variants': { ...forgetting, queues: [{ name: 'changed-sources', batchSize: 10 }] },
  },
} as const;

const KEY = 'a key that is long enough for a signature';
const AVIF = 'image/avif,image/webp,*/*;q=0.8';
const NOW = 1_800_000_000_000;

let stateDir: string;
let aws: LocalAws;
let functions: FunctionsPart;
let s3: S3Client;
let now = NOW;
const environment = { ...process.env };

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-cloudfront-'));
  aws = await startAws({ topology, credentials: localCredentials({}) });
  s3 = new S3Client({ ...aws, forcePathStyle: true });
  aws.serve('secretsmanager', async ({ headers, body }) => {
    const { SecretId } = JSON.parse(Buffer.from(body).toString());
    const isRight =
      headers['x-amz-target']?.[0] === 'secretsmanager.GetSecretValue' && SecretId === 'our/keys';
    return isRight
      ? { status: 200, body: JSON.stringify({ SecretString: KEY }) }
      : { status: 400, body: JSON.stringify({ __type: 'ResourceNotFoundException' }) };
  });
  process.env.AWS_ACCESS_KEY_ID = aws.credentials.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = aws.credentials.secretAccessKey;
  functions = await startFunctions({ topology, aws, environment: {}, stateDir, log: () => {} });
  await put('photos/hill 1.jpg', await photograph({ width: 320, height: 200 }).jpeg().toBuffer());
});

afterAll(async () => {
  process.env = environment;
  s3.destroy();
  await functions.stop();
  await aws.stop();
  await rm(stateDir, { recursive: true });
});

const put = (Key: string, Body: Uint8Array) => s3.send(new PutObjectCommand({ Bucket: 'images', Key, Body }));

async function variantKeys(): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'variants' }));
  return Contents.map(({ Key = '' }) => Key);
}

const stored = (Key: string) => eventually(() => s3.send(new HeadObjectCommand({ Bucket: 'variants', Key })));

/** The bundle as it deploys, with what is written into it. */
async function bundleNaming(name: string, naming: Parameters<typeof nameVariantBundle>[0]) {
  const outfile = join(stateDir, name, bundledFile);
  await build({ ...nameVariantBundle(naming), outfile });
  return (await import(pathToFileURL(outfile).href)).handler as FakeCloudFrontDeps['nameVariant'];
}

function originsOf(): FakeCloudFrontDeps['origins'] {
  const signer = (service: string) => new AwsClient({ ...aws.credentials, service, region: aws.region });
  return {
    variants: (path, headers) => signer('s3').fetch(`${aws.endpoint}/variants${path}`, { headers }),
    maker: (path, headers) => signer('lambda').fetch(functions.urls['optimize-image'] + path, { headers }),
  };
}

/** Drawn and bundled once. */
const opened = new Map<boolean, Promise<Omit<FakeCloudFrontDeps, 'again'>>>();

async function openCloudFront({ signed = false, again = 'as asked' as FakeCloudFrontDeps['again'] } = {}) {
  const parts = opened.get(signed) ?? drawAndBundle(signed);
  opened.set(signed, parts);
  return createFakeCloudFront({ ...(await parts), again });
}

async function drawAndBundle(signed: boolean) {
  const { only } = drawAll({ topology: real }, signed ? { IMAGE_KEYS_SECRET: 'our/keys' } : {});
  const keys = signed ? { keys: { secretName: 'our/keys', region: aws.region, endpoint: aws.endpoint } } : {};
  return {
    distribution: only('AWS::CloudFront::Distribution').DistributionConfig,
    cachePolicy: only('AWS::CloudFront::CachePolicy').CachePolicyConfig,
    headersPolicy: only('AWS::CloudFront::ResponseHeadersPolicy').ResponseHeadersPolicyConfig,
    tidyCode: only('AWS::CloudFront::Function').FunctionCode,
    nameVariant: await bundleNaming(`signed-${signed}`, { images: {}, ...keys }),
    origins: originsOf(),
    clock: () => now,
  };
}

describe.each(['as asked', 'as sent'] as const)('with the request given to the function again %s', again => {
  const width = again === 'as asked' ? 96 : 128;
  const url = `/images/width=${width},format=auto/photos/hill%201.jpg`;
  const key = `photos/hill 1.jpg/width=${width},format=avif,quality=47`;

  it('a picture is made once, then comes from the cache, and when that is over from S3', async () => {
    const { get } = await openCloudFront({ again });
    const first = await get(url, { accept: AVIF });
    expect([first.status, first.asked]).toEqual([200, ['variants', 'maker']]);
    expect(await sharp(first.body).metadata()).toMatchObject({ format: 'heif', width });
    expect(
      (await get(`/images/f=auto,w=${width}/photos/hill%201.jpg?utm=1`, { accept: 'image/avif,image/webp' }))
        .asked,
    ).toEqual([]);
    await stored(key);
    now += 61_000;
    const later = await get(url, { accept: AVIF });
    expect(later.asked).toEqual(['variants']);
    expect(later.body).toEqual(first.body);
    now += 3_600_000;
    expect((await get(url, { accept: AVIF })).asked).toEqual([]);
  });

  it('one that is asked for otherwise is not made again', async () => {
    const { get } = await openCloudFront({ again });
    await stored(key);
    const other = await get(`/images/width=${width - 3}/photos/hill%201.jpg`, { accept: 'image/avif' });
    expect(other.asked).toEqual(['variants']);
  });
});

describe('an answer', () => {
  it('says what the image function would, though S3 gives it', async () => {
    const { get } = await openCloudFront();
    const url = '/images/width=64,format=webp/photos/hill%201.jpg';
    await get(url);
    await stored('photos/hill 1.jpg/width=64,format=webp,quality=83');
    now += 61_000;
    const { headers, asked } = await get(url);
    expect(asked).toEqual(['variants']);
    expect(headers.get('content-type')).toBe('image/webp');
    expect(headers.get('vary')).toBe('Accept');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect([...headers.keys()].filter(name => name.startsWith('x-amz-meta'))).toEqual([]);
  });

  it('to what is wrong asks no origin, and to what is not there is the function’s', async () => {
    const { get } = await openCloudFront();
    expect(await get('/images/width=abc/a.jpg')).toMatchObject({ status: 400, asked: [] });
    expect(await get('/images/width=64/missing.jpg')).toMatchObject({
      status: 404,
      asked: ['variants', 'maker'],
    });
  });
});

describe('a source that changes', () => {
  it('takes its variants with it, in S3 and in CloudFront', async () => {
    const { get, invalidate } = await openCloudFront();
    const url = '/images/width=48,format=png/photos/changing.jpg';
    const plain = (background: string) =>
      sharp({ create: { width: 90, height: 60, channels: 3, background } })
        .jpeg()
        .toBuffer();
    await put('photos/changing.jpg', await plain('#ff0000'));
    await get(url);
    await stored('photos/changing.jpg/width=48,format=png');
    now += 61_000;
    expect((await get(url)).asked).toEqual(['variants']);
    const before = aws.invalidations.list(LOCAL_DISTRIBUTION).length;
    await put('photos/changing.jpg', await plain('#0000ff'));
    const told = await eventually(() => {
      const [invalidation] = aws.invalidations.list(LOCAL_DISTRIBUTION).slice(before);
      if (!invalidation) throw new Error('CloudFront was not told yet');
      return invalidation.items;
    });
    expect((await variantKeys()).filter(name => name.startsWith('photos/changing.jpg/'))).toEqual([]);
    invalidate(told);
    const after = await get(url);
    expect(after.asked).toEqual(['variants', 'maker']);
    const [red = 255, , blue = 0] = await pixelAt(after.body, [0.5, 0.5]);
    expect(blue).toBeGreaterThan(red + 150);
  });
});

describe('where URLs are signed', () => {
  it('a signature is asked for also of what S3 and the cache have, until its time is over', async () => {
    const { get } = await openCloudFront({ signed: true });
    const url = await signedImageUrl(
      'photos/hill 1.jpg',
      { width: 96, format: 'webp' },
      { keys: [KEY], expiresAt: now + 9_000 },
    );
    expect((await get(url)).status).toBe(200);
    expect(await get(url)).toMatchObject({ status: 200, asked: [] });
    const [bare = ''] = url.split('?');
    expect(await get(bare)).toMatchObject({ status: 403, asked: [] });
    expect(await get(url.replace('expires=', 'expires=9'))).toMatchObject({ status: 403, asked: [] });
    now += 11_000;
    expect(await get(url)).toMatchObject({ status: 403, asked: [] });
  });
});
