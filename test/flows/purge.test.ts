import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalRedis } from '../../infra/local/redis/start.ts';
import { startRedis } from '../../infra/local/redis/start.ts';
import { eventually } from '../eventually.ts';
import { type FaultProxy, startFaultProxy } from '../fakes/fault-proxy.ts';
import { ask } from './ask.ts';
import { type Flow, purgeAt, startFlow } from './flow.ts';

const TAGS_TTL_MS = 300;
let redis: LocalRedis;
let between: FaultProxy;
let flow: Flow;
/** A second isolate on the same Redis. */
let other: string;

beforeAll(async () => {
  redis = await startRedis();
  between = await startFaultProxy(redis.url);
  flow = await startFlow({
    variables: { UPSTASH_REDIS_REST_URL: between.url, UPSTASH_REDIS_REST_TOKEN: redis.token },
    config: {
      levels: { l2: { tagsTtl: `${TAGS_TTL_MS}ms`, deadline: '1s' } },
      routes: [{ match: ['/page-1', '/page-1/:id'], tags: ['item', 'item-:id'], key: { query: ['page'] } }],
    },
  });
  other = (await flow.another({ UPSTASH_REDIS_REST_URL: redis.url })).url;
});
afterAll(async () => {
  await flow.stop();
  await between.stop();
  await redis.stop();
});

const tagged = (tag = '', extra = {}) =>
  flow.origin.page({
    headers: { 'cache-control': 'max-age=60', 'surrogate-key': tag, ...extra },
    body: 'page',
  });

const outcome = async (path: string, question = {}) =>
  (await flow.ask(path, question)).cacheStatus?.split(';')[0];
const stored = (path: string) => eventually(async () => expect(await outcome(path)).toBe('hit'));

test('a route’s own tags, and its left-out query parameters, are purged as they are keyed', async () => {
  const page = tagged();
  expect(page.path).toBe('/page-1');
  await flow.ask(`${page.path}/7?page=2&utm_source=x`);
  await stored(`${page.path}/7?page=2`);
  expect((await flow.purge({ urls: [`${page.path}/7?utm_source=y&page=2`] })).status).toBe(202);
  expect(await outcome(`${page.path}/7?page=2`)).toBe('fwd=uri-miss');
  await stored(`${page.path}/7?page=2`);
  await flow.purge({ tags: ['item-7'] });
  expect(await outcome(`${page.path}/7?page=2`)).toBe('fwd=uri-miss');
});

describe('by URL', () => {
  test('answers 202 with what was done, uncached', async () => {
    const page = tagged();
    await stored(page.path);
    const reply = await flow.purge({ urls: [page.path, `${page.path}?a=1`] });
    expect(reply.status).toBe(202);
    expect(JSON.parse(reply.text)).toEqual({
      id: expect.stringMatching(/.{8}/),
      soft: false,
      purged: 2,
      tiers: { redis: 'purged', isolate: 'purged', cdn: 'absent' },
    });
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(await outcome(page.path)).toBe('fwd=uri-miss');
  });

  test.each([
    ['absolute', (path: string, { host }: URL) => `http://${host}${path}`],
    ['of https, which a proxy in front may end', (path: string, { host }: URL) => `https://${host}${path}`],
    [
      'with another letter case of the host',
      (path: string, { host }: URL) => `HTTP://${host.toUpperCase()}${path}`,
    ],
    ['with a fragment', (path: string) => `${path}#top`],
    ['with an empty query', (path: string) => `${path}?`],
    ['with dot segments', (path: string) => `/x/..${path}`],
  ])('%s', async (_, write) => {
    const page = tagged();
    await stored(page.path);
    await flow.purge({ urls: [write(page.path, new URL(flow.url))] });
    expect(await outcome(page.path)).toBe('fwd=uri-miss');
  });

  test('takes all variants, and nothing else', async () => {
    const page = flow.origin.page(({ headers }, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60', vary: 'x-shop' }).end(headers['x-shop']);
    });
    const shops = ['at', 'de'].map(shop => ({ headers: { 'x-shop': shop } }));
    for (const shop of shops) await flow.ask(page.path, shop);
    await flow.ask(`${page.path}/below`, shops[0]);
    for (const shop of shops) expect(await outcome(page.path, shop)).toBe('hit');
    await flow.purge({ urls: [page.path] });
    for (const shop of shops) expect(await outcome(page.path, shop)).toMatch(/^fwd/);
    expect(await outcome(`${page.path}/below`, shops[0])).toBe('hit');
  });

  test('of another host leaves this one alone', async () => {
    const page = tagged();
    await stored(page.path);
    await flow.purge({ urls: [`http://other.example${page.path}`] });
    expect(await outcome(page.path)).toBe('hit');
  });
});

describe('by tag', () => {
  test.each(['surrogate-key', 'cache-tag'])('of %s takes every page that carries it', async field => {
    const value = field === 'cache-tag' ? `x-${field}, both` : `x-${field} both`;
    const [one, two] = [tagged('', { [field]: value }), tagged('', { [field]: 'both' })];
    await stored(one.path);
    await stored(two.path);
    await flow.purge({ tags: [`x-${field}`] });
    expect(await outcome(one.path)).toBe('fwd=uri-miss');
    expect(await outcome(two.path)).toBe('hit');
    await stored(one.path);
    await flow.purge({ tags: ['both'] });
    expect([await outcome(one.path), await outcome(two.path)]).toEqual(['fwd=uri-miss', 'fwd=uri-miss']);
  });

  test('softly makes it stale: served once more, refreshed behind', async () => {
    const page = tagged('soft', { 'cache-control': 'max-age=60, stale-while-revalidate=60' });
    await stored(page.path);
    expect(JSON.parse((await flow.purge({ tags: ['soft'], soft: true })).text)).toMatchObject({
      soft: true,
      purged: 1,
    });
    page.becomes({ headers: { 'cache-control': 'max-age=60' }, body: 'new' });
    const next = await flow.ask(page.path);
    expect([next.text, next.cacheStatus]).toEqual(['page', expect.stringMatching(/^hit; ttl=(0|-\d+)/)]);
    await eventually(async () => expect((await flow.ask(page.path)).text).toBe('new'));
  });

  test('is not survived by an answer that was on its way', async () => {
    let answer = () => {};
    const page = flow.origin.page((_, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60', 'surrogate-key': 'late' });
      response.write('old ');
      answer = () => response.end('page');
    });
    const loading = flow.ask(page.path);
    await eventually(() => expect(page.asked).toHaveLength(1));
    await flow.purge({ tags: ['late'] });
    answer();
    expect((await loading).text).toBe('old page');
    page.becomes({ headers: { 'cache-control': 'max-age=60' }, body: 'new' });
    expect((await flow.ask(page.path)).text).toBe('new');
    expect((await ask(other, page.path)).text).toBe('new');
  });
});

describe('in another isolate', () => {
  test.each([false, true])('is seen within the stated bound (soft: %s)', async soft => {
    const tag = `shared-${soft}`;
    const page = tagged(tag, { 'cache-control': 'max-age=60, stale-while-revalidate=60' });
    const key = { headers: { host: new URL(flow.url).host } };
    await eventually(async () => expect((await ask(other, page.path, key)).cacheStatus).toMatch(/^hit.*L1/));
    await flow.purge({ tags: [tag], soft });
    // Whoever asks when the bound is over sees it, however long the purge took.
    await sleep(TAGS_TTL_MS + 10);
    const { cacheStatus } = await ask(other, page.path, key);
    expect(cacheStatus).toMatch(soft ? /^hit; ttl=(0|-\d+)/ : /^fwd/);
  });
});

describe('while Redis cannot be reached', () => {
  test.each(['refuse', 'reset', 'hang'] as const)(
    '(%s) the isolate is purged, and the purge says that it is incomplete',
    async kind => {
      await between.heal();
      const { url } = await flow.another();
      const page = tagged('incomplete');
      const isHit = async () => (await ask(url, page.path)).cacheStatus?.startsWith('hit');
      await eventually(async () => expect(await isHit()).toBe(true));
      await between.fail({ kind });
      const reply = await purgeAt(url, { tags: ['incomplete'] });
      expect([reply.status, JSON.parse(reply.text).code]).toEqual([503, 'CACHE_PURGE_INCOMPLETE']);
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
      expect(await isHit()).toBe(false);
      await between.heal();
      expect((await purgeAt(url, { tags: ['incomplete'] })).status).toBe(202);
    },
  );
});

test('a purge needs one command, however many URLs it names', async () => {
  const urls = Array.from({ length: 1_000 }, (_, index) => `/bulk/${index}`);
  expect(JSON.parse((await flow.purge({ urls })).text).purged).toBe(1_000);
});
