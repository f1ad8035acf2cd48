import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { ADMIN_TOKEN, type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow.stop());

const cached = () => flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'page' });

describe('HEADRACE_BASE', () => {
  let based: string;
  beforeAll(async () => {
    based = (await flow.another({ HEADRACE_BASE: '/head/race' })).url;
  });

  test('moves every route of Headrace’s own', async () => {
    expect((await ask(based, '/head/race/api/performance/health')).status).toBe(200);
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    expect(
      (
        await ask(based, '/head/race/api/admin/cache/purge', {
          method: 'POST',
          headers,
          body: '{"tags":["a"]}',
        })
      ).status,
    ).toBe(202);
    expect(
      (await ask(based, '/head/race/api/admin/cache/purge', { method: 'POST', body: '{}' })).status,
    ).toBe(401);
  });

  test.each([
    '/api/performance/health',
    '/api/admin/cache/purge',
    '/dashboard',
    '/images/x',
    '/head/race',
    '/head/race/other',
  ])('gives %s to the origin', async path => {
    const before = flow.origin.asked.length;
    expect((await ask(based, path)).status).toBe(404);
    expect(flow.origin.asked.slice(before).map(({ url }) => url)).toEqual([path]);
  });
});

describe('Headrace’s own paths', () => {
  test.each([
    ['/api/performance', 401, 'ADMIN_TOKEN_WRONG'],
    ['/api/performance/other', 401, 'ADMIN_TOKEN_WRONG'],
    ['/dashboard/x', 404, 'ROUTE_UNKNOWN'],
    ['/images/a.png', 404, 'IMAGES_NOT_SET_UP'],
  ])('answer %s, which is nothing to be had, with a problem', async (path, status, code) => {
    const before = flow.origin.asked.length;
    const reply = await flow.ask(path);
    expect([reply.status, JSON.parse(reply.text).code]).toEqual([status, code]);
    expect(flow.origin.asked.length).toBe(before);
  });

  test.each(['/api', '/api/products', '/dashboards', '/imagesque', '/api/administration'])(
    'do not take %s from the origin',
    async path => {
      const before = flow.origin.asked.length;
      await flow.ask(path);
      expect(flow.origin.asked.slice(before).map(({ url }) => url)).toEqual([path]);
    },
  );
});

describe('HEADRACE_MODE', () => {
  test('off is a pure proxy: nothing is stored, nothing is answered from a store', async () => {
    const edge = await flow.another({ HEADRACE_MODE: 'off' });
    const page = cached();
    for (const _ of [1, 2]) {
      const reply = await ask(edge.url, page.path, {
        headers: { 'if-none-match': '"x"', 'x-strange': '1', 'user-agent': 'me' },
      });
      expect([reply.text, reply.cacheStatus]).toEqual(['page', 'fwd=bypass; detail=mode-off']);
    }
    expect(page.asked).toHaveLength(2);
    expect(page.asked[0]?.headers).toMatchObject({
      'if-none-match': '"x"',
      'x-strange': '1',
      'user-agent': 'me',
    });
  });

  test('observe hands a range on as it came, whatever is stored', async () => {
    const edge = await flow.another({ HEADRACE_MODE: 'observe' });
    const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'page' });
    await ask(edge.url, page.path);
    const part = await ask(edge.url, page.path, { headers: { range: 'bytes=1-2' } });
    expect(page.asked[1]?.headers.range).toBe('bytes=1-2');
    expect(part.cacheStatus).toBe('fwd=bypass; detail=observe-hit');
  });

  test('observe decides and reports, and always asks the origin', async () => {
    const edge = await flow.another({ HEADRACE_MODE: 'observe' });
    const page = cached();
    const statuses: (string | undefined)[] = [];
    for (const _ of [1, 2]) statuses.push((await ask(edge.url, page.path)).cacheStatus);
    expect(statuses).toEqual([
      'fwd=bypass; fwd-status=200; stored; detail=observe-fetch',
      'fwd=bypass; fwd-status=200; stored; detail=observe-hit',
    ]);
    expect(page.asked).toHaveLength(2);
    page.becomes({ status: 503, body: 'down' });
    expect((await ask(edge.url, page.path)).status).toBe(503);
  });
});

describe('HEADRACE_PROFILE', () => {
  test('static takes no orders from clients', async () => {
    const edge = await flow.another({ HEADRACE_PROFILE: 'static' });
    const page = cached();
    await ask(edge.url, page.path);
    expect(
      (await ask(edge.url, page.path, { headers: { 'cache-control': 'no-cache' } })).cacheStatus,
    ).toMatch(/^hit/);
  });
});
