/**
 * The proxy with its cache in memory and an origin that is a function: what only a clock in hand can show.
 */

import { describe, expect, test } from 'vitest';
import type { UpstreamRequest } from '../../../edge/adapters/upstream.ts';
import { createProxy } from '../../../edge/proxy/handler.ts';
import type { Stored } from '../../../edge/proxy/stored.ts';
import { createLevels } from '../../../shared/cache/levels.ts';
import { createMemoryStore } from '../../../shared/cache/memory-store.ts';
import { type Incoming, planOf, requestOf } from '../exchange.ts';

type Origin = (request: UpstreamRequest) => Response | Promise<Response>;

function proxyTo(origin: Origin, plan = planOf()) {
  let now = Date.UTC(2026, 0, 1);
  let answer = origin;
  const asked: UpstreamRequest[] = [];
  const clock = () => now;
  const memory = createMemoryStore<Stored>({ maxBytes: 1_000_000, maxEntries: 100, clock });
  const cache = createLevels<Stored>({ memory, onEvent: () => {} });
  const send = async (request: UpstreamRequest) => {
    asked.push(request);
    return answer(request);
  };
  const createPipe = () => new TransformStream();
  const proxy = createProxy({ plan, cache, send, clock, createPipe, codecs: [], random: () => 0 });
  return {
    asked,
    cache,
    becomes: (next: Origin) => {
      answer = next;
    },
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    /** Everything that went on behind the response is over when it is handed back. */
    async get(incoming: Incoming = {}) {
      const request = requestOf(incoming);
      const behind: Promise<unknown>[] = [];
      const response = await proxy(request, new URL(request.url), work => void behind.push(work));
      const text = await response.text();
      await Promise.all(behind);
      const told = response.headers.get('cache-status') ?? '';
      return {
        status: response.status,
        text,
        told: told.replace('Headrace; ', ''),
        headers: response.headers,
      };
    },
  };
}

const page =
  (directives: string, body = 'page', headers = {}) =>
  () =>
    new Response(body, { headers: { 'cache-control': directives, ...headers } });

describe('time', () => {
  test('a response is a hit to the last moment of its life, then asked for again', async () => {
    const { get, pass, asked } = proxyTo(page('max-age=60'));
    await get();
    pass(59.999);
    expect((await get()).told).toBe('hit; ttl=1; detail=L1');
    pass(0.001);
    expect((await get()).told).toContain('fwd=');
    expect(asked).toHaveLength(2);
  });

  test('stale-while-revalidate counts from expiry, and its refresh is there for the next one', async () => {
    const { get, pass, becomes } = proxyTo(page('max-age=60, stale-while-revalidate=30', 'old'));
    await get();
    pass(89);
    becomes(page('max-age=60', 'new'));
    expect(await get()).toMatchObject({ text: 'old', told: 'hit; ttl=-29; detail=L1' });
    expect(await get()).toMatchObject({ text: 'new', told: 'hit; ttl=60; detail=L1' });
  });

  test('past stale-while-revalidate the client waits for the origin', async () => {
    const { get, pass, becomes } = proxyTo(
      page('max-age=60, stale-while-revalidate=30', 'old', { etag: '"a"' }),
    );
    await get();
    pass(90);
    becomes(page('max-age=60', 'new'));
    expect(await get()).toMatchObject({ text: 'new', told: 'fwd=stale; fwd-status=200; stored' });
  });

  test('stale-if-error ends', async () => {
    const { get, pass, becomes } = proxyTo(page('max-age=60, stale-if-error=30', 'old', { etag: '"a"' }));
    await get();
    becomes(() => new Response('down', { status: 503 }));
    pass(89);
    expect(await get()).toMatchObject({ status: 200, text: 'old' });
    pass(1);
    expect(await get()).toMatchObject({ status: 503, text: 'down' });
  });

  test('a 304 starts a new life', async () => {
    const { get, pass, becomes } = proxyTo(page('max-age=60', 'page', { etag: '"a"' }));
    await get();
    pass(61);
    becomes(
      () => new Response(null, { status: 304, headers: { etag: '"a"', 'cache-control': 'max-age=60' } }),
    );
    expect((await get()).told).toBe('fwd=stale; fwd-status=304; stored');
    pass(59);
    expect(await get()).toMatchObject({ text: 'page', told: 'hit; ttl=1; detail=L1' });
  });

  test('a route’s lifetime stands in for the origin’s', async () => {
    const plan = planOf({ routes: [{ match: '/page', ttl: '5m', swr: '1m' }] });
    const { get, pass, asked } = proxyTo(page('max-age=1'), plan);
    await get();
    pass(299);
    expect((await get()).told).toBe('hit; ttl=1; detail=L1');
    pass(60);
    expect((await get()).told).toBe('hit; ttl=-59; detail=L1');
    expect(asked).toHaveLength(2);
  });
});

describe('a purge', () => {
  const url = ',//shop.example/page';

  test('while an answer is on its way keeps it out of the cache', async () => {
    const { get, cache, becomes, asked } = proxyTo(page('max-age=60'));
    becomes(async () => {
      await cache.purge([url], { soft: false });
      return page('max-age=60', 'old')();
    });
    expect((await get()).text).toBe('old');
    becomes(page('max-age=60', 'new'));
    expect((await get()).text).toBe('new');
    expect(asked).toHaveLength(2);
  });

  test('while a response is confirmed keeps the confirmation out, too', async () => {
    const { get, cache, pass, becomes } = proxyTo(page('max-age=60', 'old', { etag: '"a"' }));
    await get();
    pass(61);
    becomes(async () => {
      await cache.purge([url], { soft: false });
      return new Response(null, { status: 304, headers: { etag: '"a"', 'cache-control': 'max-age=60' } });
    });
    await get();
    becomes(page('max-age=60', 'new'));
    expect((await get()).text).toBe('new');
  });
});

describe('a passed request', () => {
  const changing = ({ method }: UpstreamRequest) =>
    method === 'GET' ? page('max-age=60')() : new Response('done', { status: method === 'PUT' ? 500 : 200 });

  test.each([
    ['POST', 'fwd=uri-miss'],
    ['UNHEARD-OF', 'fwd=uri-miss'],
    ['PUT', 'hit'],
    ['OPTIONS', 'hit'],
  ])('by %s leaves the page for the next one as: %s', async (method, told) => {
    const { get } = proxyTo(changing);
    await get();
    expect((await get({ method })).told).toBe('fwd=method');
    expect((await get()).told).toMatch(new RegExp(`^${told}`));
  });
});

test('a variant that was asked for by a known quiet field is never given to another', async () => {
  const { get, becomes } = proxyTo(
    ({ headers }) => new Response(headers.get('dpr'), { headers: { vary: 'dpr' } }),
  );
  await get({ headers: { dpr: '2' } });
  // From now on the origin forgets to say that it varies.
  becomes(({ headers }) => page('max-age=60', `for ${headers.get('dpr')}`)());
  expect((await get({ headers: { dpr: '2' } })).text).toBe('for 2');
  expect((await get({ headers: { dpr: '3' } })).text).toBe('for 3');
  expect(await get({ headers: { dpr: '2' } })).toMatchObject({
    text: 'for 2',
    told: expect.stringMatching(/^hit/),
  });
});

test('an origin that answers 304 even to no condition is asked twice, and its answer is 502', async () => {
  const { get, pass, becomes, asked } = proxyTo(page('max-age=60', 'page', { etag: '"a"' }));
  await get();
  pass(61);
  becomes(() => new Response(null, { status: 304, headers: { etag: '"b"' } }));
  expect(await get()).toMatchObject({ status: 502, text: expect.stringContaining('ORIGIN_ANSWER_INVALID') });
  expect(asked).toHaveLength(3);
});
