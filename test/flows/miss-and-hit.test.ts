import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Flow, startFlow } from './flow.ts';

const SECOND_MS = 1000;
let flow: Flow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow.stop());

const cached = (body = 'hello', headers = {}) =>
  flow.origin.page({
    headers: { 'cache-control': 'max-age=60', 'content-type': 'text/plain', ...headers },
    body,
  });

test('a page is asked for once and then served from memory, and Cache-Status says so', async () => {
  const { path, asked } = cached();
  const miss = await flow.ask(path);
  const hit = await flow.ask(path);
  expect([miss.status, miss.text, miss.cacheStatus]).toEqual([
    200,
    'hello',
    'fwd=uri-miss; fwd-status=200; stored',
  ]);
  expect([hit.status, hit.text, hit.headers['content-type']]).toEqual([200, 'hello', 'text/plain']);
  expect(hit.cacheStatus).toMatch(/^hit; ttl=(59|60); detail=L1$/);
  expect(asked).toHaveLength(1);
});

test('a hit carries its Age and the Date of the origin; a miss carries no Age of ours', async () => {
  const date = new Date(Date.now() - 5 * SECOND_MS).toUTCString();
  const { path } = cached('aged', { date, age: '7' });
  const miss = await flow.ask(path);
  const hit = await flow.ask(path);
  expect(miss.headers.age).toBe('7');
  expect(Number(hit.headers.age)).toBeGreaterThanOrEqual(7);
  expect(Number(hit.headers.age)).toBeLessThan(12);
  expect(hit.headers.date).toBe(date);
});

test('the age of a response that came from another cache counts against its lifetime', async () => {
  const { path, asked } = cached('old', { age: '61' });
  await flow.ask(path);
  expect((await flow.ask(path)).cacheStatus).toContain('fwd=');
  expect(asked).toHaveLength(2);
});

test('a HEAD is answered from a stored GET: its header fields, no body', async () => {
  const { path, asked } = cached('twelve bytes');
  await flow.ask(path);
  const head = await flow.ask(path, { method: 'HEAD' });
  expect([head.status, head.headers['content-length'], head.text]).toEqual([200, '12', '']);
  expect(head.cacheStatus).toContain('hit');
  expect(asked.map(({ method }) => method)).toEqual(['GET']);
});

test('a HEAD that misses asks by HEAD, keeps nothing, and a GET after it gets the page', async () => {
  const { path, asked } = cached('twelve bytes', { 'content-length': '12' });
  const head = await flow.ask(path, { method: 'HEAD' });
  expect([head.status, head.headers['content-length'], head.text]).toEqual([200, '12', '']);
  expect(head.cacheStatus).not.toContain('stored');
  expect((await flow.ask(path)).text).toBe('twelve bytes');
  expect(asked.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
});

test('a query is part of the key, an empty one is none', async () => {
  const { path, asked } = cached();
  await flow.ask(path);
  expect((await flow.ask(`${path}?`)).cacheStatus).toContain('hit');
  expect((await flow.ask(`${path}?a=1`)).cacheStatus).toContain('uri-miss');
  expect((await flow.ask(`${path}?a=2`)).cacheStatus).toContain('uri-miss');
  expect(asked.map(({ url }) => url)).toEqual([path, `${path}?a=1`, `${path}?a=2`]);
});

test('many who miss at once all get the whole page, and it is stored', async () => {
  const body = 'x'.repeat(100_000);
  const { path } = cached(body);
  const replies = await Promise.all(Array.from({ length: 50 }, () => flow.ask(path)));
  expect(replies.every(({ status, text }) => status === 200 && text === body)).toBe(true);
  expect((await flow.ask(path)).cacheStatus).toContain('hit');
});

test('an empty body, and one without a declared length, are cached like any other', async () => {
  const empty = cached('');
  const chunked = flow.origin.page((_, response) => {
    response.writeHead(200, { 'cache-control': 'max-age=60' }).write('in ');
    response.end('pieces');
  });
  await flow.ask(empty.path);
  await flow.ask(chunked.path);
  const [hitEmpty, hitChunked] = [await flow.ask(empty.path), await flow.ask(chunked.path)];
  expect([hitEmpty.text, hitEmpty.headers['content-length'], hitEmpty.cacheStatus?.slice(0, 3)]).toEqual([
    '',
    '0',
    'hit',
  ]);
  expect([hitChunked.text, hitChunked.headers['content-length']]).toEqual(['in pieces', '9']);
});

test('a 204 is cached, and has no Content-Length', async () => {
  const { path } = flow.origin.page({ status: 204, headers: { 'cache-control': 'max-age=60' } });
  await flow.ask(path);
  const hit = await flow.ask(path);
  expect([hit.status, hit.headers['content-length'], hit.cacheStatus?.slice(0, 3)]).toEqual([
    204,
    undefined,
    'hit',
  ]);
});

test('what the cache keeps of the origin’s Cache-Status stays before its own', async () => {
  const { path } = cached('layered', { 'cache-status': 'Shield; hit' });
  expect((await flow.ask(path)).headers['cache-status']).toMatch(/^Shield; hit, Headrace; fwd=uri-miss/);
  expect((await flow.ask(path)).headers['cache-status']).toMatch(/^Shield; hit, Headrace; hit/);
});

test('a client that leaves in the middle of a miss harms nobody', async () => {
  const body = 'y'.repeat(3_000_000);
  const { path } = cached(body);
  await new Promise<void>(resolve => {
    import('node:http').then(({ get }) =>
      get(flow.url + path, response =>
        response.once('data', () => response.destroy()).once('close', () => resolve()),
      ),
    );
  });
  const next = await flow.ask(path);
  expect([next.status, next.text.length]).toEqual([200, body.length]);
});
