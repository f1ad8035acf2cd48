import { gzipSync } from 'node:zlib';
import { type Handler, Hono } from 'hono';
import { describe, expect, test, vi } from 'vitest';
import { AppPlanError } from '../../../edge/hono/app-plan.ts';
import { type CacheMiddlewareOptions, cache } from '../../../edge/hono/cache.ts';
import type { CacheVariables } from '../../../edge/hono/cache-headers.ts';
import { createHttpCache } from '../../../edge/hono/http-cache.ts';
import { askApp } from './waiting.ts';

type App = Hono<CacheVariables>;

/** An application whose handler counts how often it ran. */
function appWith(options: CacheMiddlewareOptions, handler: Handler<CacheVariables>) {
  const ran = vi.fn();
  const app: App = new Hono<CacheVariables>();
  app.use('*', cache(options));
  app.all('*', (c, next) => {
    ran();
    return handler(c, next);
  });
  const ask = (path = '/page', init: RequestInit = {}) => askApp(app, path, init);
  return { app, ask, ran };
}

describe('cache()', () => {
  test('runs the handlers once for many', async () => {
    const { ask, ran } = appWith({ ttl: '1m' }, c => c.json({ id: 1 }));
    const miss = await ask();
    const hit = await ask();
    expect([miss.status, hit.status]).toEqual([
      'fwd=uri-miss; fwd-status=200; stored',
      'hit; ttl=60; detail=L1',
    ]);
    expect([miss.text, hit.text]).toEqual(['{"id":1}', '{"id":1}']);
    expect(hit.response.headers.get('cache-control')).toBe('max-age=60');
    expect(ran).toHaveBeenCalledTimes(1);
  });

  test('keeps what the handler says of caching', async () => {
    const { ask, ran } = appWith({ ttl: '1m' }, c => c.text('a', 200, { 'cache-control': 'no-store' }));
    expect((await ask()).status).toContain('detail=no-store');
    await ask();
    expect(ran).toHaveBeenCalledTimes(2);
  });

  test('listens to c.var.cache above all', async () => {
    const { ask } = appWith({ ttl: '1m' }, c => {
      c.var.cache({ ttlSeconds: 7 });
      return c.text('a', 200, { 'cache-control': 'no-store' });
    });
    await ask();
    expect(await ask()).toMatchObject({ status: 'hit; ttl=7; detail=L1' });
  });

  test.each([
    ['by option', { ttl: '1m', private: true } as const, () => {}],
    [
      'by the handler',
      { ttl: '1m' } as const,
      (c: { var: CacheVariables['Variables'] }) => c.var.cache({ private: true }),
    ],
  ])('shares nothing that is private %s', async (_, options, say) => {
    const { ask, ran } = appWith(options, c => {
      say(c);
      return c.text('mine');
    });
    const { response, status } = await ask();
    expect(status).toContain('detail=private');
    expect(response.headers.get('cache-control')).toBe('private, max-age=60');
    await ask();
    expect(ran).toHaveBeenCalledTimes(2);
  });

  test.each([
    ['Set-Cookie', {}, { 'set-cookie': 'a=1' }],
    ['Authorization', { authorization: 'Bearer x' }, {}],
    ['a cookie', { cookie: 'session=x' }, {}],
    ['a header that nobody knows', { 'x-strange': '1' }, {}],
  ])('shares no answer to or with %s', async (_, headers, answer) => {
    const { ask, ran } = appWith({ ttl: '1m' }, c => c.text('a', 200, answer as Record<string, string>));
    await ask('/page', { headers });
    await ask('/page', { headers });
    expect(ran).toHaveBeenCalledTimes(2);
  });

  test('tells variants apart by what Vary names, asking the handlers once for each', async () => {
    const { ask, ran } = appWith({ ttl: '1m' }, c =>
      c.text(c.req.header('accept-language') ?? '', 200, { vary: 'Accept-Language' }),
    );
    const texts: string[] = [];
    for (const language of ['de', 'fr', 'de', 'fr']) {
      texts.push((await ask('/page', { headers: { 'accept-language': language } })).text);
    }
    expect(texts).toEqual(['de', 'fr', 'de', 'fr']);
    expect(ran).toHaveBeenCalledTimes(2);
  });

  test('gives handlers no condition, range or parameter that is answered or dropped here', async () => {
    const seen: unknown[] = [];
    const options: CacheMiddlewareOptions = { ttl: '1m', key: { query: ['q'] } };
    const { ask } = appWith(options, c => {
      seen.push(c.req.query(), c.req.header('if-none-match'));
      return c.text('0123456789', 200, { etag: '"v1"' });
    });
    const headers = { 'if-none-match': '"v1"' };
    expect((await ask('/page?q=a&evil=1', { headers })).response.status).toBe(304);
    expect(await ask('/page?q=a', { headers: { range: 'bytes=2-4' } })).toMatchObject({
      response: { status: 206 },
      text: '234',
    });
    expect(seen).toEqual([{ q: 'a' }, undefined]);
  });

  test('serves what it has when a handler fails', async () => {
    let broken = false;
    const { app, ask } = appWith({ sie: '1h' }, c => {
      if (broken) throw new Error('broken');
      return c.text('good', 200, { 'cache-control': 'max-age=0', etag: '"v1"' });
    });
    app.onError((_, c) => c.text('bad', 500));
    await ask();
    broken = true;
    expect(await ask()).toMatchObject({ text: 'good', status: expect.stringContaining('stale-if-error') });
    expect((await ask('/other')).response.status).toBe(500);
  });

  test('hands on bodies, and forgets what they change', async () => {
    const { ask, ran } = appWith({ ttl: '1m' }, async c =>
      c.req.method === 'POST' ? c.text(await c.req.text()) : c.text('a'),
    );
    await ask();
    expect((await ask('/page', { method: 'POST', body: 'hello' })).text).toBe('hello');
    expect((await ask()).status).toContain('uri-miss');
    expect(ran).toHaveBeenCalledTimes(3);
  });

  test('gives up on a handler that is too slow', async () => {
    const { ask } = appWith({ ttl: '1m', timeout: '20ms' }, () => new Promise(() => {}));
    expect((await ask()).response.status).toBe(504);
  });

  test('merges no header field of one response into another', async () => {
    const { ask } = appWith({ ttl: '1m' }, c => c.text('a', 200, { 'x-once': '1' }));
    await ask();
    expect((await ask()).response.headers.get('x-once')).toBe('1');
    expect((await ask()).response.headers.get('cache-status')).toMatch(/^Headrace; hit[^,]*$/);
  });

  test('hands on what is encoded already, untouched and unkept', async () => {
    const bytes = gzipSync('a'.repeat(2_000));
    const { ask, ran } = appWith(
      { ttl: '1m' },
      () => new Response(bytes, { headers: { 'content-encoding': 'gzip' } }),
    );
    await ask();
    const { response, text } = await ask();
    expect([response.status, response.headers.get('content-encoding')]).toEqual([200, 'gzip']);
    expect(text).toBe(bytes.toString());
    expect(ran).toHaveBeenCalledTimes(2);
  });

  test('refuses a wrong option with a sentence', () => {
    const wrong = { swr: 'soon' } as unknown as CacheMiddlewareOptions;
    expect(() => cache(wrong)).toThrow(AppPlanError);
    expect(() => cache(wrong)).toThrow("cache(): swr must be a duration such as '500ms'");
  });
});

describe('a stale response', () => {
  const stale = { 'cache-control': 'max-age=0, stale-while-revalidate=60' };

  test('is refreshed behind the client’s back by the application itself', async () => {
    const app: App = new Hono<CacheVariables>();
    let version = 0;
    app.use('*', cache({ app }));
    app.get('*', c => c.text(`v${++version}`, 200, stale));
    const texts: string[] = [];
    for (let i = 0; i < 3; i++) {
      texts.push((await askApp(app, '/page')).text);
    }
    expect(texts).toEqual(['v1', 'v1', 'v2']);
  });

  test('is refreshed while its client waits where the application is not known', async () => {
    let version = 0;
    const { ask } = appWith({}, c => c.text(`v${++version}`, 200, stale));
    await ask();
    expect(await ask()).toMatchObject({ text: 'v2', status: 'fwd=stale; fwd-status=200; stored' });
  });
});

test('routes may share a store, which also purges', async () => {
  const store = createHttpCache();
  const { ask } = appWith({ ttl: '1m', store }, c => c.text('a', 200, { 'surrogate-key': 'page' }));
  const { ask: askOther } = appWith({ ttl: '1m', store }, c => c.text('b'));
  const first = await ask();
  expect(first.response.headers.has('surrogate-key')).toBe(false);
  expect((await askOther()).text).toBe('a');
  await store.purge(['page'], { soft: false });
  expect((await askOther()).text).toBe('b');
});
