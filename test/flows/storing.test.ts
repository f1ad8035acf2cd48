import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Question } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow.stop());

type Headers = Record<string, string | string[]>;

/** Asked twice, the second time by someone else: what the second one's Cache-Status says. */
async function secondAsker(headers: Headers, first: Question = {}, second: Question = {}) {
  const page = flow.origin.page({ headers, body: 'page' });
  const miss = await flow.ask(page.path, first);
  const next = await flow.ask(page.path, second);
  return { miss, next, times: page.asked.length };
}

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();

describe('is stored', () => {
  test.each<[string, Headers]>([
    ['max-age', { 'cache-control': 'max-age=60' }],
    ['s-maxage', { 'cache-control': 's-maxage=60, max-age=0' }],
    ['public alone beside Expires', { 'cache-control': 'public', expires: inSeconds(60) }],
    ['Expires', { expires: inSeconds(60) }],
    ['an old Last-Modified', { 'last-modified': inSeconds(-86_400) }],
    ['no-cache for one field only', { 'cache-control': 'max-age=60, no-cache="x-user"' }],
  ])('a response with %s', async (_, headers) => {
    const { miss, next, times } = await secondAsker(headers);
    expect(miss.cacheStatus).toContain('stored');
    expect(next.cacheStatus).toMatch(/^hit/);
    expect(times).toBe(1);
  });
});

describe('is never stored', () => {
  test.each<[string, Headers, string]>([
    ['no-store', { 'cache-control': 'no-store, max-age=60' }, 'no-store'],
    ['NO-STORE', { 'cache-control': 'NO-STORE, max-age=60' }, 'no-store'],
    ['private', { 'cache-control': 'Private, max-age=60' }, 'private'],
    ['Set-Cookie', { 'cache-control': 'public, max-age=60', 'set-cookie': ['sid=1', 'b=2'] }, 'set-cookie'],
    ['Expires: 0', { expires: '0' }, 'expired'],
    ['nothing that says how long', {}, 'no-freshness'],
    ['more tags than can be kept', { 'cache-control': 'max-age=60', 'surrogate-key': tags(65) }, 'tag-count'],
  ])('a response with %s', async (_, headers, detail) => {
    const { miss, next, times } = await secondAsker(headers);
    expect([miss.status, miss.text]).toEqual([200, 'page']);
    expect(miss.cacheStatus).toBe(`fwd=uri-miss; fwd-status=200; detail=${detail}`);
    expect(next.cacheStatus).toContain('fwd=uri-miss');
    expect(times).toBe(2);
  });

  test('and each client gets its own cookies, line by line', async () => {
    const { miss } = await secondAsker({
      'set-cookie': ['sid=1; Path=/', 'theme=dark'],
      'cache-control': 'max-age=60',
    });
    expect(miss.headers['set-cookie']).toEqual(['sid=1; Path=/', 'theme=dark']);
  });

  test.each([404, 500, 503])('a %i without explicit freshness', async status => {
    const page = flow.origin.page({ status, headers: { 'last-modified': inSeconds(-86_400) } });
    await flow.ask(page.path);
    await flow.ask(page.path);
    expect(page.asked).toHaveLength(2);
  });

  test('a redirect is cached as it is and never followed', async () => {
    const headers = { location: 'http://127.0.0.1:9/elsewhere', 'cache-control': 'max-age=60' };
    const page = flow.origin.page({ status: 301, headers });
    const first = await flow.ask(page.path);
    const second = await flow.ask(page.path);
    expect([first.status, first.headers.location]).toEqual([301, headers.location]);
    expect([second.status, second.headers.location, second.cacheStatus?.slice(0, 3)]).toEqual([
      301,
      headers.location,
      'hit',
    ]);
  });
});

describe('what belongs to one user', () => {
  const [alice, bob] = [{ headers: { authorization: 'Bearer alice' } }, { headers: { cookie: 'sid=bob' } }];

  test.each([
    ['Authorization', alice, 'authorization'],
    ['Cookie', bob, 'cookie'],
  ])('an answer to %s is not stored unless the response allows it', async (_, user, detail) => {
    const { miss, next, times } = await secondAsker({ 'cache-control': 'max-age=60' }, user);
    expect(miss.cacheStatus).toContain(`detail=${detail}`);
    expect(next.cacheStatus).toContain('fwd=uri-miss');
    expect(times).toBe(2);
  });

  test.each([
    ['Authorization', alice],
    ['Cookie', bob],
  ])('an answer to %s that says public is for everyone', async (_, user) => {
    const { next, times } = await secondAsker({ 'cache-control': 'public, max-age=60' }, user);
    expect(next.cacheStatus).toMatch(/^hit/);
    expect(times).toBe(1);
  });

  test.each([
    ['Authorization', alice, 'authorization'],
    ['Cookie', bob, 'cookie'],
  ])('everyone’s answer is not given to %s, whose own it might not be', async (_, user, detail) => {
    const { next, times } = await secondAsker({ 'cache-control': 'max-age=60' }, {}, user);
    expect(next.cacheStatus).toContain(`fwd=bypass; fwd-status=200; detail=${detail}`);
    expect(times).toBe(2);
  });

  test('both reach the origin', async () => {
    const page = flow.origin.page({ body: 'yours' });
    await flow.ask(page.path, { headers: { authorization: 'Basic eDp5', cookie: 'a=1; b=2' } });
    expect(page.asked[0]?.headers).toMatchObject({ authorization: 'Basic eDp5', cookie: 'a=1; b=2' });
  });
});

describe('a request’s own wishes', () => {
  const fresh = { 'cache-control': 'max-age=60', etag: '"v1"' };
  const wishing = (directives: string) => ({ headers: { 'cache-control': directives } });

  test.each(['no-cache', 'max-age=0', 'min-fresh=120'])(
    '%s asks the origin although what is stored is fresh',
    async wish => {
      const { next } = await secondAsker(fresh, {}, wishing(wish));
      expect(next.cacheStatus).toContain('fwd=request; fwd-status=200');
    },
  );

  test('no-store is not answered into the cache', async () => {
    const { miss, times } = await secondAsker(fresh, wishing('no-store'));
    expect(miss.cacheStatus).toContain('detail=request-no-store');
    expect(times).toBe(2);
  });

  test('only-if-cached gets what is stored, and 504 without asking the origin when nothing is', async () => {
    const { next } = await secondAsker(fresh, {}, wishing('only-if-cached'));
    expect(next.cacheStatus).toMatch(/^hit/);
    const page = flow.origin.page({ headers: fresh });
    const nothing = await flow.ask(page.path, wishing('only-if-cached'));
    expect([nothing.status, JSON.parse(nothing.text).code]).toEqual([504, 'CACHE_ONLY_IF_CACHED']);
    expect(page.asked).toEqual([]);
  });
});

function tags(count: number): string {
  return Array.from({ length: count }, (_, index) => `tag-${index}`).join(' ');
}
