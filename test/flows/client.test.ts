import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../shared/client/client.ts';
import { ADMIN_TOKEN, type Flow, startFlow } from './flow.ts';

let flow: Flow;
beforeAll(async () => {
  flow = await startFlow({ variables: { HEADRACE_BASE: '/edge' } });
});
afterAll(() => flow.stop());

const clientWith = (token: string) => createClient({ url: `${flow.url}/edge`, token });

test('explains a page, purges it, and explains it again', async () => {
  const client = clientWith(ADMIN_TOKEN);
  const page = flow.origin.page({
    headers: { 'cache-control': 'max-age=60', 'cache-tag': 'shop' },
    body: 'a',
  });
  await flow.ask(page.path);
  const before = await client.cache.explain({ url: page.path });
  expect([before.decision.kind, before.words]).toEqual(['hit', expect.stringContaining('fresh')]);
  const purged = await client.cache.purge({ tags: ['shop'] });
  expect(purged).toMatchObject({ purged: 1, tiers: { isolate: 'purged', redis: 'absent' } });
  expect((await client.cache.explain({ url: page.path })).decision.kind).toBe('fetch');
});

test('a wrong token, a wrong body and an absent edge are typed errors', async () => {
  await expect(clientWith('wrong').cache.purge({ everything: true })).rejects.toMatchObject({
    status: 401,
    code: 'ADMIN_TOKEN_WRONG',
  });
  await expect(clientWith(ADMIN_TOKEN).cache.purge({ tags: [] })).rejects.toMatchObject({
    status: 400,
    code: 'PURGE_INVALID',
    detail: expect.stringMatching(/^tags/),
  });
  const nowhere = createClient({ url: 'http://127.0.0.1:9' });
  await expect(nowhere.performance.health()).rejects.toMatchObject({ status: 0, code: 'EDGE_UNREACHABLE' });
});

test('tells how the edge is doing, over a window', async () => {
  const { performance } = clientWith(ADMIN_TOKEN);
  await flow.ask(flow.origin.page({}).path);
  const stats = await performance.stats({ window: '5m' });
  expect(stats).toMatchObject({ scope: { window: '5m', counts: 'this-isolate' } });
  expect(stats.requests.total).toBeGreaterThan(0);
  const all = await performance.dashboard({ window: '24h' });
  expect(all.health.checks).toHaveProperty('edge');
  expect((await performance.trends()).points.length).toBeGreaterThan(1);
  expect((await performance.endpoints()).routes[0]?.requests).toBeGreaterThan(0);
  expect((await performance.slowRequests()).thresholdMs).toBeGreaterThan(0);
  await performance.reset();
  expect((await performance.stats()).requests.total).toBe(0);
});

test('hands the metrics on as text', async () => {
  expect(await clientWith(ADMIN_TOKEN).performance.metrics()).toMatch(
    /^# TYPE edge_requests_total counter$/m,
  );
});

test('health and the document need no token', async () => {
  const client = createClient({ url: `${flow.url}/edge` });
  expect(await client.performance.health()).toMatchObject({ checks: { edge: { status: 'healthy' } } });
  expect((await client.call('GET /api/openapi.json')).openapi).toBe('3.1.1');
});
