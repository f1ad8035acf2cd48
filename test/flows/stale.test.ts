import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { raw } from '../fakes/origin.ts';
import { ask } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow.stop());

/** Stored, and stale from its first moment on: its age is as old as its lifetime. */
const stale = (directives: string, headers: Record<string, string> = {}) => ({
  age: '60',
  'cache-control': `max-age=60, ${directives}`,
  ...headers,
});

async function storedStale(directives: string, headers: Record<string, string> = {}) {
  const page = flow.origin.page({ headers: stale(directives, headers), body: 'old' });
  await flow.ask(page.path);
  return page;
}

const fresh = (body: string) => ({ headers: { 'cache-control': 'max-age=60' }, body });

describe('stale-while-revalidate', () => {
  test('serves the stale one at once, refreshes it behind, exactly once for many', async () => {
    const page = await storedStale('stale-while-revalidate=60');
    let release = () => {};
    page.becomes((_, response) => {
      release = () => response.writeHead(200, { 'cache-control': 'max-age=60' }).end('new');
    });
    const replies = await Promise.all(Array.from({ length: 20 }, () => flow.ask(page.path)));
    expect(new Set(replies.map(({ text }) => text))).toEqual(new Set(['old']));
    expect(replies[0]?.cacheStatus).toMatch(/^hit; ttl=(0|-\d+); detail=L1$/);
    await eventually(() => expect(page.asked).toHaveLength(2));
    release();
    await eventually(async () => expect((await flow.ask(page.path)).text).toBe('new'));
    expect(page.asked).toHaveLength(2);
  });

  test('refreshes by a condition, and a 304 makes what is stored fresh', async () => {
    const page = await storedStale('stale-while-revalidate=60', { etag: '"v1"' });
    page.becomes({ status: 304, headers: { etag: '"v1"', 'cache-control': 'max-age=100' } });
    await flow.ask(page.path);
    await eventually(async () => expect((await flow.ask(page.path)).cacheStatus).toMatch(/ttl=(99|100)/));
    expect(page.asked[1]?.headers['if-none-match']).toBe('"v1"');
    expect((await flow.ask(page.path)).text).toBe('old');
  });

  test('goes on serving when the refresh fails, and tries again with the next request', async () => {
    const page = await storedStale('stale-while-revalidate=60');
    page.becomes({ status: 503 });
    await flow.ask(page.path);
    await eventually(() => expect(page.asked).toHaveLength(2));
    page.becomes(fresh('new'));
    await eventually(async () => expect((await flow.ask(page.path)).text).toBe('new'));
  });
});

describe('revalidation', () => {
  test('a 304 is answered with what is stored, its fields renewed', async () => {
    const page = await storedStale('max-age=60', {
      etag: '"v1"',
      'last-modified': 'Sun, 06 Nov 1994 08:49:37 GMT',
      'x-rev': '1',
    });
    page.becomes({ status: 304, headers: { etag: '"v1"', 'cache-control': 'max-age=60', 'x-rev': '2' } });
    const reply = await flow.ask(page.path);
    expect([reply.status, reply.text, reply.headers['x-rev']]).toEqual([200, 'old', '2']);
    expect(reply.cacheStatus).toBe('fwd=stale; fwd-status=304; stored');
    expect(page.asked[1]?.headers).toMatchObject({
      'if-none-match': '"v1"',
      'if-modified-since': 'Sun, 06 Nov 1994 08:49:37 GMT',
    });
    expect((await flow.ask(page.path)).cacheStatus).toMatch(/^hit/);
  });

  test('a 200 replaces what is stored', async () => {
    const page = await storedStale('max-age=60', { etag: '"v1"' });
    page.becomes(fresh('new'));
    const reply = await flow.ask(page.path);
    expect([reply.text, reply.cacheStatus]).toEqual(['new', 'fwd=stale; fwd-status=200; stored']);
    expect((await flow.ask(page.path)).text).toBe('new');
  });

  test('a 304 that speaks of another response is asked about again without a condition', async () => {
    const page = await storedStale('max-age=60', { etag: '"v1"' });
    page.becomes(({ headers }, response) => {
      if (headers['if-none-match']) response.writeHead(304, { etag: '"v2"' }).end();
      else response.writeHead(200, { 'cache-control': 'max-age=60' }).end('v2');
    });
    expect((await flow.ask(page.path)).text).toBe('v2');
  });

  test('a 304 that makes the response private is kept for nobody else', async () => {
    const page = await storedStale('max-age=60', { etag: '"v1"' });
    page.becomes({ status: 304, headers: { etag: '"v1"', 'cache-control': 'private, max-age=60' } });
    const reply = await flow.ask(page.path);
    expect([reply.status, reply.text, reply.cacheStatus]).toEqual([
      200,
      'old',
      'fwd=stale; fwd-status=304; detail=private',
    ]);
    expect((await flow.ask(page.path)).cacheStatus).toContain('fwd=uri-miss');
    expect(page.asked).toHaveLength(3);
  });

  test('a cookie in a 304 reaches the client who caused it, and nobody else', async () => {
    const page = await storedStale('max-age=60', { etag: '"v1"' });
    page.becomes({
      status: 304,
      headers: { etag: '"v1"', 'cache-control': 'max-age=60', 'set-cookie': 'sid=1' },
    });
    expect((await flow.ask(page.path)).headers['set-cookie']).toEqual(['sid=1']);
    expect((await flow.ask(page.path)).headers['set-cookie']).toBeUndefined();
  });
});

describe('stale-if-error', () => {
  test.each([
    ['503', { status: 503, body: 'down' }],
    ['a reset connection', raw('', 'reset')],
    ['no answer in time', () => {}],
  ])('stands in for %s', async (_, failing) => {
    const { url } = await flow.another({ ORIGIN_TIMEOUT_MS: '500' });
    const page = flow.origin.page({ headers: stale('stale-if-error=60'), body: 'old' });
    await ask(url, page.path);
    page.becomes(failing);
    const reply = await ask(url, page.path);
    expect([reply.status, reply.text]).toEqual([200, 'old']);
    expect(reply.cacheStatus).toContain('fwd=stale');
    expect(reply.cacheStatus).toContain('detail=stale-if-error');
  });

  test('is the default of the safe profile', async () => {
    const page = await storedStale('public', { etag: '"v1"' });
    page.becomes({ status: 500 });
    expect((await flow.ask(page.path)).text).toBe('old');
  });

  test('does not stand in for an error that is the client’s', async () => {
    const page = await storedStale('stale-if-error=60');
    page.becomes({ status: 404, body: 'gone' });
    expect((await flow.ask(page.path)).status).toBe(404);
  });

  test.each(['must-revalidate', 'proxy-revalidate', 'no-cache', 's-maxage=60'])(
    'is not done under %s',
    async ban => {
      const page = await storedStale(ban, { etag: '"v1"' });
      page.becomes({ status: 503, body: 'down' });
      const reply = await flow.ask(page.path);
      expect([reply.status, reply.text]).toEqual([503, 'down']);
    },
  );

  test('is not done for a client that insists on the origin', async () => {
    const page = await storedStale('stale-if-error=60');
    page.becomes({ status: 503 });
    expect((await flow.ask(page.path, { headers: { 'cache-control': 'no-cache' } })).status).toBe(503);
  });
});
