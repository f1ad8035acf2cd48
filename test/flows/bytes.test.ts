import { randomBytes } from 'node:crypto';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow.stop());

const text = 'To be or not to be. '.repeat(5_000);

test.each([
  ['gzip', gzipSync(text)],
  ['br', brotliCompressSync(text)],
  ['zstd', zstdCompressSync(text)],
  ['a coding nobody knows', randomBytes(10_000)],
])('%s arrives byte for byte, from the origin and from the cache', async (coding, body) => {
  const headers = {
    'cache-control': 'max-age=60',
    'content-type': 'text/plain',
    'content-encoding': coding.includes(' ') ? 'x-own' : coding,
    'content-length': String(body.length),
  };
  const page = flow.origin.page({ headers, body });
  const question = { headers: { 'accept-encoding': 'gzip, br, zstd' } };
  for (const outcome of ['fwd', 'hit', 'hit']) {
    const reply = await flow.ask(page.path, question);
    expect(reply.cacheStatus?.slice(0, 3)).toBe(outcome);
    expect(reply.headers).toMatchObject({
      'content-encoding': headers['content-encoding'],
      'content-length': headers['content-length'],
    });
    expect(reply.body.equals(body)).toBe(true);
  }
  expect(page.asked).toHaveLength(1);
});

test('a coded body that is not stored passes byte for byte too', async () => {
  const body = gzipSync(text);
  const page = flow.origin.page({
    headers: { 'content-encoding': 'gzip', 'cache-control': 'no-store' },
    body,
  });
  expect((await flow.ask(page.path, { headers: { 'accept-encoding': 'gzip' } })).body.equals(body)).toBe(
    true,
  );
  expect((await flow.ask(page.path, { method: 'POST' })).body.equals(body)).toBe(true);
});

test('bytes that are no text survive the store', async () => {
  const body = Buffer.concat([Buffer.from([0, 255, 10, 13, 128]), randomBytes(200_000)]);
  const page = flow.origin.page({
    headers: { 'cache-control': 'max-age=60', 'content-type': 'image/png' },
    body,
  });
  await flow.ask(page.path);
  const hit = await flow.ask(page.path);
  expect(hit.cacheStatus).toMatch(/^hit/);
  expect(hit.body.equals(body)).toBe(true);
});
