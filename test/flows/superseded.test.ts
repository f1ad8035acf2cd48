import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow.stop());

type Headers = Record<string, string>;

const FRESH = { 'cache-control': 'max-age=60', etag: '"v1"' };
const RELOAD = { headers: { 'cache-control': 'no-cache' } };

/** Stored and fresh; then the origin changes its mind, and one client reloads. */
async function reloaded(status: number, headers: Headers, wishes: Headers = {}) {
  const page = flow.origin.page({ headers: FRESH, body: 'old' });
  await flow.ask(page.path);
  page.becomes({ status, headers, body: 'newer' });
  const reply = await flow.ask(page.path, { headers: { ...RELOAD.headers, ...wishes } });
  return { page, reply };
}

describe('a reload that finds', () => {
  test.each<[string, number, Headers]>([
    ['a page that must not be stored', 200, { 'cache-control': 'no-store' }],
    ['a page that has become private', 200, { 'cache-control': 'private' }],
    ['a cookie', 200, { 'cache-control': 'max-age=60', 'set-cookie': 'a=1' }],
    ['a page that is gone', 404, {}],
    ['a page that is gone for good', 410, {}],
    ['that a login is needed now', 401, { 'www-authenticate': 'Basic' }],
    ['that it has moved for now', 302, { location: '/elsewhere' }],
  ])('%s takes what was stored with it', async (_, status, headers) => {
    const { page, reply } = await reloaded(status, headers);
    expect(reply.status).toBe(status);
    await eventually(async () => expect((await flow.ask(page.path)).cacheStatus).toContain('fwd=uri-miss'));
  });

  test.each<[string, number, Headers, Headers]>([
    ['one user’s own page', 200, { 'cache-control': 'max-age=60' }, { cookie: 'sid=1' }],
    ['an answer to an unknown header', 404, {}, { 'x-strange': '1' }],
    ['that this client asks too often', 429, {}, {}],
    ['that this request was odd', 400, {}, {}],
    ['what one request alone provokes', 431, {}, {}],
  ])('%s leaves what everyone gets', async (_, status, headers, wishes) => {
    const { page } = await reloaded(status, headers, wishes);
    const next = await flow.ask(page.path);
    expect([next.status, next.text, next.cacheStatus?.slice(0, 3)]).toEqual([200, 'old', 'hit']);
  });

  test('a failing origin is answered by what is stored for everyone else', async () => {
    const { page, reply } = await reloaded(503, {});
    expect(reply.status).toBe(503);
    expect((await flow.ask(page.path)).text).toBe('old');
  });
});

test('a 304 that forbids storing takes what was stored with it', async () => {
  const page = flow.origin.page({ headers: FRESH, body: 'old' });
  await flow.ask(page.path);
  page.becomes({ status: 304, headers: { etag: '"v1"', 'cache-control': 'no-store' } });
  expect(await flow.ask(page.path, RELOAD)).toMatchObject({
    text: 'old',
    cacheStatus: 'fwd=request; fwd-status=304; detail=no-store',
  });
  page.becomes({ headers: FRESH, body: 'new' });
  await eventually(async () => expect((await flow.ask(page.path)).text).toBe('new'));
});

test('what is stored keeps a Date although the 304 that confirmed it had none', async () => {
  const page = flow.origin.page({ headers: FRESH, body: 'old' });
  await flow.ask(page.path);
  page.becomes((_, response) => {
    response.sendDate = false;
    response.writeHead(304, FRESH).end();
  });
  const confirmed = await flow.ask(page.path, RELOAD);
  expect(Date.parse(String(confirmed.headers.date))).toBeGreaterThan(Date.now() - 10_000);
  expect((await flow.ask(page.path)).headers.date).toBe(confirmed.headers.date);
});
