/**
 * What the performance API tells of requests that were really made, by two isolates on one Redis.
 */

import parsePrometheus from 'parse-prometheus-text-format';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalRedis, startRedis } from '../../infra/local/redis/start.ts';
import {
  DASHBOARD,
  ENDPOINTS,
  RESET_DONE,
  SLOW_REQUESTS,
  STATS,
  TRENDS,
} from '../../shared/api/performance.ts';
import type { ConfigInput } from '../../shared/config/config.ts';
import { ask, type Reply } from './ask.ts';
import { ADMIN_TOKEN, type Flow, startFlow } from './flow.ts';

const config: ConfigInput = {
  routes: [{ match: '/page-*', ttl: '60s' }],
  metrics: { slow: '200ms', redisUsdPer100kCommands: 0.4 },
  // However busy the machine is that tests this.
  levels: { l2: { deadline: '10s' } },
};

let redis: LocalRedis;
let flow: Flow;
let other: string;

beforeAll(async () => {
  redis = await startRedis();
  flow = await startFlow({
    config,
    variables: { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token },
  });
  other = (await flow.another()).url;
  // Each edge was asked for a page when it started.
  for (const edge of [flow.url, other]) await told('stats', edge);
});
afterAll(async () => {
  await flow.stop();
  await redis.stop();
});

const asAdmin = { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } };
const told = (path: string, edge = flow.url) => ask(edge, `/api/performance/${path}`, asAdmin);
const json = async (path: string, edge = flow.url) => JSON.parse((await told(path, edge)).text);
const reset = () => ask(flow.url, '/api/performance/reset', { method: 'POST', ...asAdmin });

describe('after a miss, four hits and a slow page', () => {
  beforeAll(async () => {
    await reset();
    const page = flow.origin.page({
      headers: { 'cache-control': 'max-age=60', 'content-length': '4' },
      body: 'page',
    });
    const slow = flow.origin.page((_, response) =>
      setTimeout(() => response.writeHead(503).end('slow'), 250),
    );
    for (let n = 0; n < 5; n++) await flow.ask(page.path);
    await flow.ask(`${slow.path}?secret=1`, { headers: { 'x-request-id': 'request-7', cookie: 'c=secret' } });
  });

  test('stats tell it, from whichever isolate', async () => {
    await told('stats');
    for (const edge of [flow.url, other]) {
      const stats = STATS().parse(await json('stats?window=5m', edge));
      expect(stats.scope).toMatchObject({ window: '5m', counts: 'all-isolates', reason: null });
      expect(stats.requests).toMatchObject({ total: 6, errors: 1, byStatus: { '2xx': 5, '5xx': 1 } });
      expect(stats.cache).toMatchObject({ hitRatio: 4 / 6, outcomes: { hit: 4, miss: 2 } });
      expect(stats.cache.byLevel).toEqual({
        memory: { hits: 4, hitRatio: 4 / 6 },
        redis: { hits: 0, hitRatio: 0 },
      });
      expect(stats.origin).toMatchObject({ requests: 2, failures: 1, offloadRatio: 4 / 6 });
      expect(stats.origin).toMatchObject({ bytesFromOrigin: 4, bytesFromCache: 16, unsized: 1 });
      expect(stats.latency.p99Ms).toBeGreaterThan(250 * 0.94);
      expect(stats.redis).toMatchObject({ usdPer100kCommands: 0.4, failures: 0, breaker: 'closed' });
      expect(stats.redis.usdPerMillionRequests).toBeCloseTo((stats.redis.commandsPerRequest ?? 0) * 4);
    }
  });

  test('endpoints, trends and the dashboard are as their schemas say', async () => {
    const { routes } = ENDPOINTS().parse(await json('endpoints'));
    expect(routes).toMatchObject([{ route: '/page-*', requests: 6, errorRatio: 1 / 6 }]);
    const { points, stepMs } = TRENDS().parse(await json('trends?window=15m'));
    expect([points.length, stepMs]).toEqual([15, 60_000]);
    expect(points.reduce((sum, { requests }) => sum + requests, 0)).toBe(6);
    const dashboard = DASHBOARD().parse(await json('dashboard'));
    expect(dashboard).toMatchObject({ requests: { total: 6 }, health: { status: 'healthy' } });
    expect(dashboard.slow.requests).toHaveLength(1);
  });

  test('slow requests are named without their query', async () => {
    const text = (await told('slow-requests', other)).text;
    const { requests, thresholdMs } = SLOW_REQUESTS().parse(JSON.parse(text));
    expect(thresholdMs).toBe(200);
    expect(requests).toMatchObject([
      { method: 'GET', route: '/page-*', status: 503, outcome: 'miss', requestId: 'request-7' },
    ]);
    expect(text).not.toContain('secret');
  });

  test('Prometheus can read it, and no counter goes down', async () => {
    const before = samplesOf(await told('metrics'));
    expect(before.get('edge_requests_total')).toBeGreaterThanOrEqual(6);
    expect(before.get('edge_request_duration_seconds')).toBe(before.get('edge_requests_total'));
    await reset();
    await flow.ask(flow.origin.page({ body: 'page' }).path);
    await told('stats');
    for (const edge of [other, flow.url]) {
      const after = samplesOf(await told('metrics', edge));
      for (const [name, value] of before)
        expect([name, (after.get(name) ?? 0) >= value]).toEqual([name, true]);
      expect(after.get('edge_requests_total')).toBe((before.get('edge_requests_total') ?? 0) + 1);
    }
  });

  test('a reset begins anew', async () => {
    expect(RESET_DONE().parse(JSON.parse((await reset()).text)).counts).toBe('all-isolates');
    expect((await json('dashboard')).requests.total).toBe(0);
    expect((await json('slow-requests')).requests).toEqual([]);
  });
});

describe('the door', () => {
  test.each(['stats', 'endpoints', 'slow-requests', 'trends', 'dashboard', 'metrics'])(
    '%s is for who has the token, and kept by nobody',
    async path => {
      expect((await flow.ask(`/api/performance/${path}`)).status).toBe(401);
      expect((await told(path)).headers['cache-control']).toBe('no-store');
    },
  );

  test.each(['stats?window=2h', 'trends?windows=1h', 'dashboard?window='])(
    '%s: 400 that names it',
    async path => {
      const reply = await told(path);
      expect([reply.status, JSON.parse(reply.text)]).toMatchObject([
        400,
        { code: 'PERFORMANCE_QUERY_INVALID', detail: expect.stringContaining('window') },
      ]);
    },
  );
});

test('without Redis an isolate tells of its own, and says so', async () => {
  const { url } = await flow.another({ UPSTASH_REDIS_REST_URL: '', UPSTASH_REDIS_REST_TOKEN: '' });
  const { requests } = await json('stats', url);
  await ask(url, flow.origin.page({ body: 'page' }).path);
  const stats = STATS().parse(await json('stats', url));
  expect(stats).toMatchObject({
    scope: { counts: 'this-isolate', reason: expect.stringContaining('no Redis') },
    requests: { total: requests.total + 1 },
    redis: { breaker: 'absent', trips: 0, usdPerMillionRequests: 0 },
  });
  const text = (await told('metrics', url)).text;
  expect(text).toMatch(/^# Of this isolate alone\./);
  expect(parsePrometheus(text)).toContainEqual(expect.objectContaining({ name: 'edge_requests_total' }));
});

test('while Redis does not answer: pages as ever, this isolate’s figures, and no word to Prometheus', async () => {
  const { url } = await flow.another({ UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1' });
  const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'page' });
  const { requests } = await json('stats', url);
  for (let n = 0; n < 3; n++) expect((await ask(url, page.path)).status).toBe(200);
  const dashboard = DASHBOARD().parse(await json('dashboard', url));
  expect(dashboard).toMatchObject({
    scope: { counts: 'this-isolate', reason: expect.stringContaining('Redis does not answer') },
    requests: { total: requests.total + 3 },
    health: { status: 'degraded' },
  });
  expect(dashboard.redis.failures).toBeGreaterThan(0);
  const reply = await told('metrics', url);
  expect([reply.status, JSON.parse(reply.text).code]).toEqual([503, 'METRICS_UNREACHABLE']);
});

/** Of each metric the sum of all its series: of a histogram, of their counts. */
function samplesOf({ text, headers }: Reply): ReadonlyMap<string, number> {
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  const families = parsePrometheus(text).filter(({ type }) => type === 'COUNTER' || type === 'HISTOGRAM');
  const sumOf = (line: string) =>
    [...text.matchAll(new RegExp(`^${line}(?:\\{.*\\})? (\\S+)$`, 'gm'))].reduce(
      (sum, [, n]) => sum + Number(n),
      0,
    );
  return new Map(
    families.map(({ name, type }) => [name, sumOf(type === 'HISTOGRAM' ? `${name}_count` : name)]),
  );
}
