/** Flow: a folder is published -> edge in real workerd -> signed reads of the private bucket -> browser, and uploads back. */

import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPublisher, openS3Assets } from '../../functions/publishing.ts';
import { createTellCaches } from '../../infra/local/publish/tell-caches.ts';
import { createClient } from '../../shared/client/client.ts';
import type { AssetStore } from '../../shared/publishing/asset-store.ts';
import { type FaultProxy, startFaultProxy } from '../fakes/fault-proxy.ts';
import { BUCKET, openStage, type Stage, writeFiles } from '../functions/publishing/stage.ts';
import { ADMIN_TOKEN, type Flow, startFlow } from './flow.ts';

let stage: Stage;
let storage: FaultProxy;
let flow: Flow;
let store: AssetStore;
let folder: string;

const APP = 'app.3f2a9c1d.js';
const WORDS = `/* ${'the quick brown fox jumps over the lazy dog. '.repeat(100)} */`;
const PREFIX = 'site/';

beforeAll(async () => {
  stage = await openStage();
  storage = await startFaultProxy(stage.aws.endpoint);
  const { endpoint, region, credentials } = stage.aws;
  store = openS3Assets({ bucket: BUCKET, endpoint, region, credentials });
  flow = await startFlow({
    config: {
      routes: [
        { match: '/uploads/*', origin: 'assets', ttl: '0s' },
        { match: '/api/*' },
        { match: '/*', origin: 'assets' },
      ],
    },
    variables: {
      ASSETS_URL: `${storage.url}/${BUCKET}/${PREFIX}`,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  });
  folder = await stage.folder({
    'index.html': `<script src="/${APP}"></script>`,
    [APP]: WORDS,
    'Grün/a b+c.txt': 'green',
    'docs/index.html': '<p>docs</p>',
    'cold.txt': 'asked for by parts alone',
  });
  await publish();
});

afterAll(async () => {
  await flow.stop();
  await storage.stop();
  await stage.stop();
});

function publish() {
  const client = createClient({ url: flow.url, token: ADMIN_TOKEN });
  return createPublisher({ store }).publishFolder(folder, {
    prefix: PREFIX,
    tags: ['site'],
    tellCaches: createTellCaches(client, `${flow.url}/`),
  });
}

const accepting = (coding: string) => ({ headers: { 'accept-encoding': coding } });

describe('a published text', () => {
  it('comes in the best form that the client takes, byte for byte as it was stored', async () => {
    const br = await flow.ask(`/${APP}`, accepting('gzip, deflate, br'));
    const gz = await flow.ask(`/${APP}`, accepting('gzip'));
    const plain = await flow.ask(`/${APP}`, accepting('identity'));
    expect([br, gz, plain].map(({ headers }) => headers['content-encoding'])).toEqual([
      'br',
      'gzip',
      undefined,
    ]);
    expect(brotliDecompressSync(br.body).toString()).toBe(WORDS);
    expect(gunzipSync(gz.body).toString()).toBe(WORDS);
    expect(plain.text).toBe(WORDS);
    const stored = await store.stat(`${PREFIX}${APP}.br`);
    expect(br.body.byteLength).toBe(stored?.bytes);
    expect(br.headers.vary).toBe('Accept-Encoding');
  });

  it('says what it is, for how long, and nothing of where it lies', async () => {
    const { headers } = await flow.ask(`/${APP}`, accepting('br'));
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    expect(Object.keys(headers).filter(name => name.startsWith('x-amz'))).toEqual([]);
    expect(headers['cache-tag']).toBeUndefined();
  });

  it('is kept by the edge', async () => {
    await flow.ask('/index.html');
    const again = await flow.ask('/index.html');
    expect(again.cacheStatus).toMatch(/^hit/);
  });

  it('is confirmed by its ETag, cut into ranges, and told of by HEAD', async () => {
    const { headers } = await flow.ask(`/${APP}`, accepting('br'));
    const same = await flow.ask(`/${APP}`, {
      headers: { 'accept-encoding': 'br', 'if-none-match': headers.etag },
    });
    expect(same.status).toBe(304);
    const part = await flow.ask(`/${APP}`, {
      headers: { 'accept-encoding': 'identity', range: 'bytes=3-11' },
    });
    expect([part.status, part.text]).toEqual([206, WORDS.slice(3, 12)]);
    const head = await flow.ask(`/${APP}`, { method: 'HEAD', ...accepting('identity') });
    expect([head.status, head.headers['content-length']]).toEqual([200, String(WORDS.length)]);
  });

  it('comes in no coding that was not asked for, by whatever name', async () => {
    for (const name of [`/${APP}.br`, `/${APP}.gz`])
      for (const coding of ['identity', 'br, gzip'])
        expect((await flow.ask(name, accepting(coding))).status).toBe(404);
    const refusing = await flow.ask(`/${APP}`, accepting('br;q=0, gzip;q=0'));
    expect([refusing.headers['content-encoding'], refusing.text]).toEqual([undefined, WORDS]);
  });

  it('has no form that is only called so', async () => {
    const said = { contentType: 'text/plain', cacheControl: 'no-store', metadata: {} };
    const put = (key: string, words: string) =>
      store.put(`${PREFIX}uploads/${key}`, new TextEncoder().encode(words), said);
    await put('notes.txt', 'mine');
    await put('notes.txt.br', 'a stranger’s');
    expect((await flow.ask('/uploads/notes.txt', accepting('br'))).text).toBe('mine');
    expect((await flow.ask('/uploads/notes.txt.br', accepting('br'))).text).toBe('a stranger’s');
  });

  it('is kept from whoever sets a condition that it does not meet, in no words of the bucket', async () => {
    const changed = { 'if-match': '"other"', 'accept-encoding': 'identity' };
    const outside = { range: 'bytes=99999-', 'accept-encoding': 'identity' };
    for (const [headers, status] of [
      [changed, 412],
      [outside, 416],
    ] as const) {
      const answer = await flow.ask('/cold.txt', { headers });
      expect([answer.status, answer.text]).toEqual([status, '']);
    }
  });

  it('is there for who sends what the bucket could not be asked in', async () => {
    const odd = { range: 'bytes=0-1', 'if-range': '"\u00ff"' };
    expect((await flow.ask('/cold.txt', { headers: odd })).text).toMatch(/^as/);
  });

  it('may be the page of a folder, and have any name', async () => {
    expect((await flow.ask('/docs/')).text).toBe('<p>docs</p>');
    expect((await flow.ask('/Gr%C3%BCn/a%20b%2Bc.txt')).text).toBe('green');
    expect((await flow.ask('/Gr%C3%BCn/a%20b+c.txt')).text).toBe('green');
  });
});

describe('a new version', () => {
  it('is served as soon as it is published, in every form', async () => {
    const short = 'short';
    await writeFiles(folder, { 'notes.txt': WORDS });
    await publish();
    const before = await flow.ask('/notes.txt', accepting('br'));
    expect(brotliDecompressSync(before.body).toString()).toBe(WORDS);
    await writeFiles(folder, { 'notes.txt': short });
    await publish();
    for (const coding of ['br', 'gzip', 'identity'])
      expect((await flow.ask('/notes.txt', accepting(coding))).text).toBe(short);
  });

  it('is served under every spelling of its name, and whatever query follows it', async () => {
    const names = [
      'img@2x.txt',
      "a+b,c;d=$&!'()*~.txt",
      '100%.txt',
      'q?x#y.txt',
      '🚀 [x].txt',
      'new/index.html',
    ];
    const write = (words: string) => writeFiles(folder, Object.fromEntries(names.map(name => [name, words])));
    const paths = [
      ...['/img@2x.txt', '/img%402x.txt', "/a+b,c;d=$&!'()*~.txt", '/100%25.txt', '/q%3Fx%23y.txt'],
      ...['/%F0%9F%9A%80%20[x].txt', '/new/', '/new/index.html?from=mail', '/new/?'],
    ];
    const texts = async () => Promise.all(paths.map(async path => (await flow.ask(path)).text));
    await write('first');
    await publish();
    expect(await texts()).toEqual(paths.map(() => 'first'));
    expect((await flow.ask('/new/index.html?from=elsewhere')).cacheStatus).toMatch(/^hit/);
    await write('second');
    await publish();
    expect(await texts()).toEqual(paths.map(() => 'second'));
  });

  it('can be waited for by tag', async () => {
    await flow.ask('/docs/');
    await store.put(`${PREFIX}docs/index.html`, new TextEncoder().encode('<p>new</p>'), {
      contentType: 'text/html',
      cacheControl: 'public, max-age=60',
      metadata: { 'cache-tag': 'site' },
    });
    expect((await flow.ask('/docs/')).text).toBe('<p>docs</p>');
    await flow.purge({ tags: ['site'] });
    expect((await flow.ask('/docs/')).text).toBe('<p>new</p>');
  });
});

describe('the bucket', () => {
  it.each(['/none.txt', '/.headrace/published.json', '/.env', '/a%2Fb', '/%FF'])(
    'has nothing at %s',
    async path => {
      const { status, text } = await flow.ask(path);
      expect(status).toBe(404);
      expect(JSON.parse(text)).toMatchObject({ code: 'ASSET_MISSING' });
    },
  );

  it('is only read, and only for files', async () => {
    for (const method of ['PUT', 'DELETE', 'POST']) {
      const { status } = await flow.ask('/index.html', { method, body: 'mine now' });
      expect(status).toBe(405);
    }
    expect((await flow.ask('/index.html?uploads')).text).toContain('<script');
    expect(await stage.wordsOf(`${PREFIX}index.html`)).toContain('<script');
  });

  it('that is away is a 502 for what is not stored, and nothing for what is', async () => {
    await flow.ask('/index.html');
    await storage.fail({ kind: 'refuse' });
    const [kept, other] = [await flow.ask('/index.html'), await flow.ask('/other.html')];
    await storage.heal();
    expect([kept.status, other.status]).toEqual([200, 502]);
    expect((await flow.ask('/other.html')).status).toBe(404);
  });

  it('that refuses shows nothing of itself', async () => {
    const refusal = '<Error><Code>AccessDenied</Code><AWSAccessKeyId>AKIA</AWSAccessKeyId></Error>';
    const bytes = `HTTP/1.1 403 Forbidden\r\ncontent-length: ${refusal.length}\r\nconnection: close\r\n\r\n${refusal}`;
    await storage.fail({ kind: 'say', bytes });
    const { status, text } = await flow.ask('/refused.html');
    await storage.heal();
    expect(status).toBe(502);
    expect(text).toContain('ASSETS_UNAVAILABLE');
    expect(text).not.toContain('AKIA');
  });
});

describe('a browser', () => {
  const order = async (body: object) => {
    const { status, text } = await flow.ask('/api/admin/assets/presign', {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      body: JSON.stringify(body),
    });
    return { status, ...JSON.parse(text) };
  };
  const post = (url: string, fields: Readonly<Record<string, string>>, file: Blob) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', file);
    return fetch(url, { method: 'POST', body: form });
  };
  const picture = (bytes: number) => new Blob([new Uint8Array(bytes).fill(7)], { type: 'image/png' });

  it('posts a file of the type and up to the size that was signed, and it is served', async () => {
    const key = 'uploads/cat.png';
    const { url, fields } = await order({ key, contentType: 'image/png', maxBytes: 100, tags: ['cats'] });
    expect((await post(url, fields, picture(100))).status).toBe(204);
    const served = await flow.ask('/uploads/cat.png');
    expect(served.headers).toMatchObject({ 'content-type': 'image/png', 'content-length': '100' });
    expect(await store.stat(`${PREFIX}${key}`)).toMatchObject({
      attributes: { metadata: { 'cache-tag': 'cats' } },
    });
  });

  it('posts nothing larger, of no other type, under no other name, and not later', async () => {
    const asked = { key: 'uploads/dog.png', contentType: 'image/png', maxBytes: 100 };
    const { url, fields } = await order(asked);
    const statusOf = async (changed: Readonly<Record<string, string>>, bytes = 10) =>
      (await post(url, { ...fields, ...changed }, picture(bytes))).status;
    expect(await statusOf({}, 101)).toBe(400);
    expect(await statusOf({ 'Content-Type': 'text/html' })).toBe(403);
    expect(await statusOf({ key: `${PREFIX}index.html` })).toBe(403);
    expect(await statusOf({ 'x-amz-meta-more': 'x' })).toBe(403);
    const { policy } = fields;
    const later = Buffer.from(policy, 'base64')
      .toString()
      .replace(/"expiration":"\d+/, '"expiration":"2999');
    expect(await statusOf({ policy: Buffer.from(later).toString('base64') })).toBe(403);
    expect(await store.stat(`${PREFIX}uploads/dog.png`)).toBeUndefined();
  });

  it('puts exactly as many bytes of the type as were signed', async () => {
    const asked = { method: 'PUT', key: 'uploads/Grün.png', contentType: 'image/png', bytes: 12 };
    const { url, headers } = await order(asked);
    const { 'content-length': _, ...sent } = headers;
    const put = async (body: Blob, more: object = {}) =>
      (await fetch(url, { method: 'PUT', headers: { ...sent, ...more }, body })).status;
    expect(await put(picture(13))).toBe(403);
    expect(await put(picture(12), { 'content-type': 'text/html' })).toBe(403);
    expect(await put(picture(12))).toBe(200);
    expect((await flow.ask('/uploads/Gr%C3%BCn.png')).headers['content-length']).toBe('12');
  });

  it.each([
    [
      { key: '../x.png', contentType: 'image/png', maxBytes: 1 },
      'ASSET_UPLOAD_INVALID',
      /key must be a name/,
    ],
    [
      { key: 'x', contentType: 'png', maxBytes: 1 },
      'ASSET_UPLOAD_INVALID',
      /contentType must be a media type/,
    ],
    [{ key: 'x', contentType: 'a/b' }, 'ASSET_UPLOAD_INVALID', /maxBytes for POST/],
    [{ key: 'x', contentType: 'a/b', method: 'PUT', maxBytes: 1 }, 'ASSET_UPLOAD_INVALID', /bytes for PUT/],
    [{ key: 'x', contentType: 'a/b', maxBytes: 1, tags: ['a b'] }, 'ASSET_UPLOAD_INVALID', /tags/],
    [
      { key: 'x.svg', contentType: 'image/svg+xml', maxBytes: 1 },
      'ASSET_TYPE_ACTIVE',
      /in the name of the host/,
    ],
    [{ key: 'x', contentType: 'Text/HTML; charset=utf-8', maxBytes: 1 }, 'ASSET_TYPE_ACTIVE', /trusted/],
  ])('is given nothing for %j', async (asked, code, words) => {
    expect(await order(asked)).toMatchObject({ status: 400, code, detail: expect.stringMatching(words) });
  });

  it('is given the same by the client', async () => {
    const { assets } = createClient({ url: flow.url, token: ADMIN_TOKEN });
    const signed = await assets.presign({ key: 'uploads/fox.png', contentType: 'image/png', maxBytes: 100 });
    expect((await post(signed.url, signed.fields ?? {}, picture(5))).status).toBe(204);
    expect((await flow.ask('/uploads/fox.png')).headers['content-length']).toBe('5');
  });

  it('is given nothing without the token', async () => {
    const { status } = await flow.ask('/api/admin/assets/presign', { method: 'POST', body: '{}' });
    expect(status).toBe(401);
  });
});
