import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow.stop());

const STALE = {
  age: '60',
  'cache-control': 'max-age=60',
  etag: '"v1"',
  'content-length': '4',
  'x-old': 'kept',
};
const HEAD = { method: 'HEAD' };
const RELOAD = { method: 'HEAD', headers: { 'cache-control': 'no-cache' } };

/** Stored by GET; from then on the origin answers HEAD like this, and anything else by 'next'. */
async function storedThen(headers: Record<string, string>, head: Record<string, string>, status = 200) {
  const page = flow.origin.page({ headers, body: 'page' });
  await flow.ask(page.path);
  page.becomes(({ method }, response) => {
    if (method === 'HEAD') response.writeHead(status, head).end();
    else response.writeHead(200, { 'cache-control': 'max-age=60' }).end('next');
  });
  return page;
}

test('a HEAD that finds nothing fresh asks by HEAD', async () => {
  const page = await storedThen(STALE, { 'cache-control': 'max-age=60' });
  await flow.ask(page.path, HEAD);
  expect(page.asked.map(({ method }) => method)).toEqual(['GET', 'HEAD']);
});

test('its answer renews what is stored for GET: new fields, old ones kept, a new life', async () => {
  const page = await storedThen(STALE, {
    'cache-control': 'max-age=60',
    etag: '"v1"',
    'content-length': '4',
    'x-new': 'said by HEAD',
  });
  const head = await flow.ask(page.path, HEAD);
  expect([head.status, head.cacheStatus]).toEqual([200, 'fwd=stale; fwd-status=200; stored']);
  const hit = await flow.ask(page.path);
  expect([hit.text, hit.cacheStatus?.slice(0, 3)]).toEqual(['page', 'hit']);
  expect(hit.headers).toMatchObject({ 'x-new': 'said by HEAD', 'x-old': 'kept' });
});

test('a 304 to it does the same', async () => {
  const page = await storedThen(STALE, { 'cache-control': 'max-age=60', etag: '"v1"' }, 304);
  expect((await flow.ask(page.path, HEAD)).cacheStatus).toBe('fwd=stale; fwd-status=304; stored');
  expect(await flow.ask(page.path)).toMatchObject({
    text: 'page',
    cacheStatus: expect.stringMatching(/^hit/),
  });
});

test.each([
  ['another tag', { etag: '"v2"' }],
  ['another length', { 'content-length': '5' }],
  ['another date', { 'last-modified': 'Sun, 06 Nov 1994 08:49:38 GMT' }],
])('%s ends what is stored although it was fresh', async (_, difference) => {
  const fresh = { ...STALE, age: '0', 'last-modified': 'Sun, 06 Nov 1994 08:49:37 GMT' };
  const page = await storedThen(fresh, { 'cache-control': 'max-age=60', ...difference });
  await flow.ask(page.path, RELOAD);
  await eventually(async () => expect((await flow.ask(page.path)).text).toBe('next'));
  expect(page.asked.map(({ method }) => method)).toEqual(['GET', 'HEAD', 'GET']);
});

test.each([404, 410])('%i takes what is stored with it', async status => {
  const page = await storedThen({ ...STALE, age: '0' }, {}, status);
  expect((await flow.ask(page.path, RELOAD)).status).toBe(status);
  await eventually(async () => expect((await flow.ask(page.path)).cacheStatus).toContain('fwd=uri-miss'));
});

test.each([405, 501, 302])('%i says nothing of what GET brings', async status => {
  const page = await storedThen({ ...STALE, age: '0' }, { location: '/elsewhere' }, status);
  await flow.ask(page.path, RELOAD);
  expect(await flow.ask(page.path)).toMatchObject({
    text: 'page',
    cacheStatus: expect.stringMatching(/^hit/),
  });
});

test('one that forbids storing takes what is stored with it', async () => {
  const page = await storedThen({ ...STALE, age: '0' }, { 'cache-control': 'no-store', etag: '"v1"' });
  expect((await flow.ask(page.path, RELOAD)).cacheStatus).toBe(
    'fwd=request; fwd-status=200; detail=no-store',
  );
  await eventually(async () => expect((await flow.ask(page.path)).text).toBe('next'));
});

test('its answer renews what is stored in a coding of Headrace’s own', async () => {
  const body = 'much the same text, again and again. '.repeat(200);
  const length = { 'content-length': String(body.length), 'content-type': 'text/plain', etag: '"v1"' };
  const page = flow.origin.page({ headers: { ...length, 'cache-control': 'max-age=60' }, body });
  const asks = (more = {}) => ({ headers: { 'accept-encoding': 'gzip', ...more } });
  await flow.ask(page.path, asks());
  const coded = (await flow.ask(page.path, asks())).headers;
  expect(coded).toMatchObject({ 'content-encoding': 'gzip' });
  page.becomes({ headers: { ...length, 'cache-control': 'max-age=60', 'x-new': '1' } });
  const reload = { method: 'HEAD', ...asks({ 'cache-control': 'no-cache' }) };
  expect((await flow.ask(page.path, reload)).cacheStatus).toContain('stored');
  const hit = await flow.ask(page.path, asks());
  expect(hit.headers).toMatchObject({ 'x-new': '1', 'content-encoding': 'gzip', etag: coded.etag });
});
