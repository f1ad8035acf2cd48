import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalRedis, startRedis } from '../../infra/local/redis/start.ts';
import { eventually } from '../eventually.ts';
import { type FaultProxy, startFaultProxy } from '../fakes/fault-proxy.ts';
import type { Behaviour, Page } from '../fakes/origin.ts';
import { ask } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

const TIMEOUT_MS = 3_000;
let redis: LocalRedis;
let between: FaultProxy;
let flow: Flow;
/** Isolates that share nothing but Redis. */
let edges: string[];

beforeAll(async () => {
  redis = await startRedis();
  between = await startFaultProxy(redis.url);
  flow = await startFlow({
    config: { levels: { l2: { lease: true } } },
    variables: {
      UPSTASH_REDIS_REST_URL: between.url,
      UPSTASH_REDIS_REST_TOKEN: redis.token,
      ORIGIN_TIMEOUT_MS: String(TIMEOUT_MS),
    },
  });
  edges = [flow.url, (await flow.another()).url, (await flow.another()).url];
});
afterAll(async () => {
  await flow.stop();
  await between.stop();
  await redis.stop();
});

const slowly =
  (headers: Record<string, string>, body = 'page', status = 200): Behaviour =>
  async (_, response) => {
    await sleep(300);
    response.writeHead(status, headers).end(body);
  };

/** How often it was asked, when all that goes on behind is over. */
async function settledAt(page: Page): Promise<number> {
  for (let before = -1; before !== page.asked.length; ) {
    before = page.asked.length;
    await sleep(800);
  }
  return page.asked.length;
}

const host = () => ({ host: new URL(flow.url).host });
const everywhere = (page: Page, times = 5) =>
  Promise.all(
    edges.flatMap(edge => Array.from({ length: times }, () => ask(edge, page.path, { headers: host() }))),
  );

test('a page that many isolates miss at once is asked for once', async () => {
  const page = flow.origin.page(slowly({ 'cache-control': 'max-age=60' }));
  const replies = await everywhere(page);
  expect(replies.every(({ status, text }) => status === 200 && text === 'page')).toBe(true);
  expect(page.asked).toHaveLength(1);
});

test('so is one that has expired everywhere', async () => {
  const headers = { etag: '"v1"', 'cache-control': 'max-age=60' };
  const page = flow.origin.page({ headers: { ...headers, age: '60' }, body: 'page' });
  for (const edge of edges) await ask(edge, page.path, { headers: host() });
  const before = await settledAt(page);
  page.becomes(slowly(headers, '', 304));
  const replies = await everywhere(page);
  expect(new Set(replies.map(({ status, text }) => `${status} ${text}`))).toEqual(new Set(['200 page']));
  expect(page.asked).toHaveLength(before + 1);
});

test('where stale may be served it is, and one isolate refreshes it for all', async () => {
  const page = flow.origin.page({
    headers: { 'cache-control': 'max-age=60, stale-while-revalidate=60', age: '60' },
    body: 'old',
  });
  for (const edge of edges) await ask(edge, page.path, { headers: host() });
  const settled = await settledAt(page);
  page.becomes(slowly({ 'cache-control': 'max-age=60' }, 'new'));
  const replies = await everywhere(page);
  expect(new Set(replies.map(({ text }) => text))).toEqual(new Set(['old']));
  await eventually(async () => {
    const texts = (await everywhere(page, 1)).map(({ text }) => text);
    expect(texts).toEqual(['new', 'new', 'new']);
  });
  expect(page.asked).toHaveLength(settled + 1);
});

test('an answer that is not kept keeps the other isolates waiting no longer than it took', async () => {
  const page = flow.origin.page(slowly({ 'cache-control': 'no-store' }));
  const startedAt = performance.now();
  const replies = await everywhere(page, 1);
  expect(replies.every(({ status, text }) => status === 200 && text === 'page')).toBe(true);
  expect(page.asked).toHaveLength(3);
  expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS / 2);
});

test('an isolate that dies with the lease is waited for half as long as the origin may take', async () => {
  const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'page' });
  const dying = await flow.another();
  page.becomes(() => {});
  const left = ask(dying.url, page.path, { headers: host() }).catch(() => 'gone');
  await eventually(() => expect(page.asked).toHaveLength(1));
  await dying.stop();
  expect(await left).toBe('gone');
  page.becomes({ headers: { 'cache-control': 'max-age=60' }, body: 'page' });
  const startedAt = performance.now();
  expect((await ask(flow.url, page.path, { headers: host() })).text).toBe('page');
  expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS);
});

test('Redis in trouble grants every lease', async () => {
  const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'page' });
  await between.fail({ kind: 'hang' });
  const startedAt = performance.now();
  const replies = await everywhere(page);
  expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS / 2);
  expect(replies.every(({ status, text }) => status === 200 && text === 'page')).toBe(true);
  await between.heal();
});
