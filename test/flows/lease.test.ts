import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalRedis, startRedis } from '../../infra/local/redis/start.ts';
import { eventually } from '../eventually.ts';
import { type FaultProxy, startFaultProxy } from '../fakes/fault-proxy.ts';
import { gated } from '../fakes/gate.ts';
import type { Behaviour, Page } from '../fakes/origin.ts';
import { arrived, repliesOf } from './arrived.ts';
import { ask, type Sent, send } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

/** Who waits for another isolate in vain waits for half of it: far longer than anything else here takes. */
const TIMEOUT_MS = 15_000;
let redis: LocalRedis;
let between: FaultProxy;
let flow: Flow;
/** Isolates that share nothing but Redis. */
let edges: string[];

beforeAll(async () => {
  redis = await startRedis();
  between = await startFaultProxy(redis.url);
  flow = await startFlow({
    config: { levels: { l2: { lease: true, tagsTtl: '0s', deadline: '1s' } } },
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

const answer =
  (headers: Record<string, string>, body = 'page', status = 200): Behaviour =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

const host = () => ({ host: new URL(flow.url).host });
const everywhere = (page: Page, times = 5): Sent[] =>
  edges.flatMap(edge => Array.from({ length: times }, () => send(edge, page.path, { headers: host() })));

/** All have arrived, each at its own edge, and one of them waits for the origin. */
async function waiting(asking: readonly Sent[], page: Page, asked = 1): Promise<void> {
  await eventually(() => expect(page.asked).toHaveLength(asked));
  for (const edge of edges) await arrived(asking, { ask: path => ask(edge, path) });
}

/** Who stored an answer gives its lease back behind it; whoever still waits for that one would find no answer to wait for. */
async function released(): Promise<void> {
  const headers = { authorization: `Bearer ${redis.token}` };
  const body = JSON.stringify(['KEYS', '*:1:l:*']);
  await eventually(async () =>
    expect(await (await fetch(redis.url, { method: 'POST', headers, body })).json()).toEqual({ result: [] }),
  );
}

test('a page that many isolates miss at once is asked for once', async () => {
  const gate = gated(answer({ 'cache-control': 'max-age=60' }));
  const page = flow.origin.page(gate.behaviour);
  const asking = everywhere(page);
  await waiting(asking, page);
  gate.open();
  const replies = await repliesOf(asking);
  expect(replies.every(({ status, text }) => status === 200 && text === 'page')).toBe(true);
  expect(page.asked).toHaveLength(1);
});

test('so is one that has expired everywhere', async () => {
  const headers = { etag: '"v1"', 'cache-control': 'max-age=60' };
  const page = flow.origin.page({ headers: { ...headers, age: '60' }, body: 'page' });
  for (const edge of edges) await ask(edge, page.path, { headers: host() });
  await released();
  const before = page.asked.length;
  const gate = gated(answer(headers, '', 304));
  page.becomes(gate.behaviour);
  const asking = everywhere(page);
  await waiting(asking, page, before + 1);
  gate.open();
  const replies = await repliesOf(asking);
  expect(new Set(replies.map(({ status, text }) => `${status} ${text}`))).toEqual(new Set(['200 page']));
  expect(page.asked).toHaveLength(before + 1);
});

test('where stale may be served it is, and one isolate refreshes it for all', async () => {
  const headers = { 'cache-control': 'max-age=60, stale-while-revalidate=60', 'surrogate-key': 'soon-stale' };
  const page = flow.origin.page({ headers, body: 'old' });
  for (const edge of edges) await ask(edge, page.path, { headers: host() });
  await released();
  const before = page.asked.length;
  await flow.purge({ tags: ['soon-stale'], soft: true });
  const gate = gated(answer({ 'cache-control': 'max-age=60' }, 'new'));
  page.becomes(gate.behaviour);
  const replies = await repliesOf(everywhere(page));
  expect(new Set(replies.map(({ text }) => text))).toEqual(new Set(['old']));
  gate.open();
  await eventually(async () => {
    const texts = (await repliesOf(everywhere(page, 1))).map(({ text }) => text);
    expect(texts).toEqual(['new', 'new', 'new']);
  });
  expect(page.asked).toHaveLength(before + 1);
});

test('an answer that is not kept keeps the other isolates waiting no longer than it took', async () => {
  const gate = gated(answer({ 'cache-control': 'no-store' }));
  const page = flow.origin.page(gate.behaviour);
  const startedAt = performance.now();
  const asking = everywhere(page, 1);
  await waiting(asking, page);
  gate.open();
  const replies = await repliesOf(asking);
  expect(replies.every(({ status, text }) => status === 200 && text === 'page')).toBe(true);
  expect(page.asked).toHaveLength(3);
  expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS / 2);
});

test('an isolate that dies with the lease is waited for half as long as the origin may take', async () => {
  const quick = { ORIGIN_TIMEOUT_MS: '1000' };
  const [dying, next] = [await flow.another(quick), await flow.another(quick)];
  const page = flow.origin.page(() => {});
  const left = ask(dying.url, page.path, { headers: host() }).catch(() => 'gone');
  await eventually(() => expect(page.asked).toHaveLength(1));
  await dying.stop();
  expect(await left).toBe('gone');
  page.becomes({ headers: { 'cache-control': 'max-age=60' }, body: 'page' });
  const startedAt = performance.now();
  expect((await ask(next.url, page.path, { headers: host() })).text).toBe('page');
  // Longer than half a second by chance, never shorter; that it ends then is tested beside the clock.
  expect(performance.now() - startedAt).toBeGreaterThan(450);
});

test('Redis in trouble grants every lease', async () => {
  const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'page' });
  await between.fail({ kind: 'hang' });
  const startedAt = performance.now();
  const replies = await repliesOf(everywhere(page));
  expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS / 2);
  expect(replies.every(({ status, text }) => status === 200 && text === 'page')).toBe(true);
  await between.heal();
});
