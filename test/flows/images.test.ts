/** Flow: edge in real workerd -> signed Function URL -> the bundle in AWS's runtime client -> S3, which can fail. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalAws, localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { openEarlyDoor } from '../../infra/local/functions/early-door.ts';
import { type FunctionsPart, startFunctions } from '../../infra/local/functions/start.ts';
import { topology as real } from '../../infra/topology.ts';
import { ENDPOINTS } from '../../shared/api/performance.ts';
import { eventually } from '../eventually.ts';
import { type FaultProxy, startFaultProxy } from '../fakes/fault-proxy.ts';
import { photograph, pixelAt } from '../functions/optimize-image/pictures.ts';
import { ADMIN_TOKEN, type Flow, startFlow } from './flow.ts';

const topology = {
  buckets: real.buckets,
  queues: {},
  functions: { 'optimize-image': real.functions['optimize-image'] },
} as const;

const AVIF = 'image/avif,image/webp,*/*;q=0.8';

let stateDir: string;
let aws: LocalAws;
let storage: FaultProxy;
let functions: FunctionsPart;
let flow: Flow;
let s3: S3Client;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-image-flow-'));
  aws = await startAws({ topology, credentials: localCredentials({}) });
  s3 = new S3Client({ ...aws, forcePathStyle: true });
  storage = await startFaultProxy(aws.endpoint);
  const { origin, leadTo } = await openEarlyDoor();
  const { accessKeyId, secretAccessKey } = aws.credentials;
  [functions, flow] = await Promise.all([
    startFunctions({
      topology,
      aws: { ...aws, endpoint: storage.url, serve: () => {} },
      environment: {},
      stateDir,
      log: () => {},
    }),
    startFlow({
      variables: {
        IMAGE_FUNCTION_URL: origin,
        AWS_REGION: aws.region,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
      },
    }),
  ]);
  leadTo(functions.urls['optimize-image'] ?? '');
  await put('photos/hill.jpg', await photograph({ width: 320, height: 200 }).jpeg().toBuffer());
});

afterAll(async () => {
  await flow.stop();
  await functions.stop();
  await storage.stop();
  await aws.stop();
  await rm(stateDir, { recursive: true });
});

const put = (Key: string, Body: Uint8Array) => s3.send(new PutObjectCommand({ Bucket: 'images', Key, Body }));

const get = (path: string, accept = AVIF, headers: Record<string, string> = {}) =>
  flow.ask(path, { headers: { accept, ...headers } });

async function variantKeys(prefix: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'variants', Prefix: prefix }));
  return Contents.map(({ Key = '' }) => Key);
}

/** As it stands beside a stored variant. */
const tagOf = (prefix: string) =>
  eventually(async () => {
    const [Key] = await variantKeys(prefix);
    const { Metadata } = await s3.send(new HeadObjectCommand({ Bucket: 'variants', Key }));
    expect(Metadata?.['cache-tag']).toMatch(/^src-[0-9a-f]{40}$/);
    return Metadata?.['cache-tag'] ?? '';
  });

describe('a picture', () => {
  const path = '/images/width=96,format=auto/photos/hill.jpg';

  it('is made once, and from then on comes from the memory of the edge', async () => {
    const first = await get(path);
    expect([first.status, first.cacheStatus]).toEqual([200, expect.stringContaining('fwd=uri-miss')]);
    const second = await get('/images/format=auto,width=96/photos/hill.jpg?utm_source=mail');
    expect(second.cacheStatus).toMatch(/^hit;.*detail=L1/);
    expect(second.body.equals(first.body)).toBe(true);
    expect(await sharp(first.body).metadata()).toMatchObject({ format: 'heif', width: 96, height: 60 });
  });

  it('is counted under a route of its own', async () => {
    await get('/images/width=72/photos/hill.jpg');
    const { text } = await flow.ask('/api/performance/endpoints', {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    const { routes } = ENDPOINTS().parse(JSON.parse(text));
    expect(routes.map(({ route }) => route)).toContain('/images/*');
  });

  it('is one entry for each format that was agreed on, which each answer says', async () => {
    const path = '/images/width=128/photos/hill.jpg';
    const accepts = ['image/avif', 'image/webp', '*/*', 'image/avif;q=0,image/webp'];
    const replies = [];
    for (const accept of accepts) replies.push(await get(path, accept));
    expect(replies.map(({ headers }) => headers['content-type'])).toEqual([
      'image/avif',
      'image/webp',
      'image/jpeg',
      'image/webp',
    ]);
    expect(replies.map(({ headers }) => headers.vary)).toEqual(accepts.map(() => 'Accept'));
    expect(replies.map(({ cacheStatus = '' }) => cacheStatus.startsWith('hit'))).toEqual([
      false,
      false,
      false,
      true,
    ]);
    await eventually(async () => {
      const keys = (await variantKeys('photos/hill.jpg/')).filter(key => key.includes('width=128'));
      expect(keys).toHaveLength(3);
    });
  });

  it('that the client has is confirmed by the edge', async () => {
    const { headers } = await get(path);
    const reply = await get(path, AVIF, { 'if-none-match': headers.etag ?? '' });
    expect([reply.status, reply.text]).toEqual([304, '']);
  });

  it('is asked for by signed requests alone: the function answers nobody else', async () => {
    const answer = await fetch(`${functions.urls['optimize-image']}${path}`);
    expect(answer.status).toBe(403);
    await answer.body?.cancel();
  });
});

describe('a changed source', () => {
  const paths = ['/images/width=64,format=png/shop/door.png', '/images/width=32,format=png/shop/door.png'];
  const door = (background: string) =>
    sharp({ create: { width: 100, height: 100, channels: 3, background } })
      .png()
      .toBuffer();

  it('shows once the tag of its source is purged: every variant is made anew', async () => {
    await put('shop/door.png', await door('#ff0000'));
    for (const path of paths) await get(path);
    const tag = await tagOf('shop/door.png/');
    await put('shop/door.png', await door('#0000ff'));
    for (const path of paths) expect((await get(path)).cacheStatus).toMatch(/^hit/);

    expect((await flow.purge({ tags: [tag] })).status).toBe(202);
    for (const path of paths) {
      const { body, cacheStatus } = await get(path);
      expect(cacheStatus).toContain('fwd=');
      expect(await pixelAt(new Uint8Array(body), [0.5, 0.5])).toEqual([0, 0, 255]);
    }
  });
});

describe('what cannot be shown', () => {
  it('is told, and kept by nobody', async () => {
    for (const _ of [1, 2]) {
      const reply = await get('/images/width=64/photos/none.jpg');
      expect(reply.status).toBe(404);
      expect(reply.cacheStatus).toContain('fwd=uri-miss');
      expect(reply.headers['content-type']).toBe('application/problem+json');
      expect(JSON.parse(reply.text)).toMatchObject({ code: 'IMAGE_SOURCE_MISSING' });
    }
    expect(await variantKeys('photos/none.jpg')).toEqual([]);
  });

  it('while the store is down is a 502 that is gone when the store is back', async () => {
    const path = '/images/width=48,format=webp/photos/hill.jpg';
    await storage.fail({ kind: 'refuse' });
    const down = await get(path);
    await storage.heal();
    expect([down.status, JSON.parse(down.text).code]).toEqual([502, 'IMAGE_SOURCE_UNAVAILABLE']);
    const back = await get(path);
    expect([back.status, back.headers['content-type']]).toEqual([200, 'image/webp']);
  });

  it('is shown as it was where the edge still has it', async () => {
    const path = '/images/width=256,format=webp/photos/hill.jpg';
    const before = await get(path);
    await flow.purge({ tags: [await tagOf('photos/hill.jpg/')], soft: true });
    await storage.fail({ kind: 'refuse' });
    const stale = await get(path);
    await storage.heal();
    expect([stale.status, stale.cacheStatus]).toEqual([200, expect.stringMatching(/^hit; ttl=(0|-\d+);/)]);
    expect(stale.body.equals(before.body)).toBe(true);
  });
});

describe('a responsive set', () => {
  const order = (body: object, token = ADMIN_TOKEN) =>
    flow.ask('/api/admin/images/variants', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('is made in advance: whoever asks for one of its URLs finds it', async () => {
    await put('photos/set.jpg', await photograph({ width: 400, height: 300 }).jpeg().toBuffer());
    const reply = await order({ key: 'photos/set.jpg', widths: [64, 192], formats: ['avif', 'legacy'] });
    const { variants, failed, srcset } = JSON.parse(reply.text);
    expect([reply.status, failed]).toEqual([200, []]);
    expect(
      variants.map(({ format, width, height }: Record<string, unknown>) => [format, width, height]),
    ).toEqual([
      ['avif', 64, 48],
      ['avif', 192, 144],
      ['legacy', 64, 48],
      ['legacy', 192, 144],
    ]);
    for (const { url, contentType, bytes } of variants) {
      const { cacheStatus, headers, body } = await get(url);
      expect(cacheStatus).toMatch(/^hit/);
      expect([headers['content-type'], body.byteLength]).toEqual([contentType, bytes]);
    }
    expect(srcset.avif).toBe(`${variants[0].url} 64w, ${variants[1].url} 192w`);
  });

  it('of no source is refused with the reason', async () => {
    const reply = await order({ key: 'photos/none.jpg', widths: [64] });
    expect([reply.status, JSON.parse(reply.text)]).toEqual([
      422,
      expect.objectContaining({
        code: 'IMAGE_VARIANTS_NONE',
        detail: expect.stringContaining('IMAGE_SOURCE_MISSING'),
      }),
    ]);
  });

  it('is for operators', async () => {
    expect(
      (await order({ key: 'photos/hill.jpg', widths: [64] }, 'somebody-elses-token-0123456789')).status,
    ).toBe(401);
  });
});
