import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { type PerformanceDeps, performance } from '../../../edge/api/performance.ts';
import { DASHBOARD, RESET_DONE, STATS, TRENDS } from '../../../shared/api/performance.ts';
import { METRICS_DEFAULTS } from '../../../shared/config/metrics-schema.ts';
import { createMemoryMetricsStore } from '../../../shared/monitoring/memory-metrics-store.ts';
import { createMetricsReader } from '../../../shared/monitoring/metrics-reader.ts';
import { RedisUnavailable } from '../../../shared/redis/redis.ts';
import { batch } from '../../contracts/metrics-store.ts';
import { createTestClock } from '../../fakes/clock.ts';

const HIT = 'edge_requests_total{level="memory",method="GET",outcome="hit",route="/p",status="2xx"}';
const SLOW = {
  at: 7,
  method: 'GET',
  path: '/p',
  route: '/p',
  status: 200,
  outcome: 'miss',
  totalMs: 2_000,
  originMs: null,
  requestId: 'a',
};

function apiOf(more: Partial<PerformanceDeps> = {}) {
  const clock = createTestClock(1_800_000_000_000 + 90_000);
  const own = createMemoryMetricsStore();
  const flush = async () => {};
  const handlers = performance({
    metrics: METRICS_DEFAULTS,
    reader: createMetricsReader({ own, shared: undefined, flush, untaken: () => new Map() }),
    health: async () => ({ status: 'healthy', score: 100, checks: {} }),
    breakerState: () => 'absent',
    clock,
    ...more,
  });
  const app = new Hono();
  for (const [name, handler] of Object.entries(handlers)) app.all(`/${name}`, handler);
  const ask = async (path: string) => (await app.request(path)).json();
  return { app, ask, own, clock };
}

test('a window is the sum of its periods, and a rate over what has passed of it', async () => {
  const { ask, own, clock } = apiOf();
  await own.add(batch(clock(), { [HIT]: 'c30' }));
  clock.advance(60_000);
  await own.add(batch(clock(), { [HIT]: 'c240' }));
  const stats = STATS().parse(await ask('/stats?window=5m'));
  expect(stats.requests).toMatchObject({ total: 270, perSecond: 1 });
  expect(stats.scope.toAt - stats.scope.fromAt).toBe(4 * 60_000 + 30_000);
  const { points } = TRENDS().parse(await ask('/trends?window=5m'));
  expect(points.map(({ requests }) => requests)).toEqual([0, 0, 0, 30, 240]);
});

test('the dashboard has all of it, and what is no slow request is left out', async () => {
  const { ask, own, clock } = apiOf();
  await own.add(batch(clock(), { [HIT]: 'c1' }, ['nonsense', JSON.stringify(SLOW)]));
  const dashboard = DASHBOARD().parse(await ask('/dashboard'));
  expect(dashboard).toMatchObject({
    scope: { window: '1h', counts: 'this-isolate' },
    requests: { total: 1 },
    routes: [{ route: '/p', hitRatio: 1 }],
    slow: { thresholdMs: 1_000, requests: [SLOW] },
    health: { score: 100 },
  });
});

test('switched off, it says that nothing is counted', async () => {
  const { ask } = apiOf({ metrics: { ...METRICS_DEFAULTS, enabled: false } });
  expect(STATS().parse(await ask('/stats'))).toMatchObject({
    scope: { reason: expect.stringContaining('switched off') },
    requests: { total: 0 },
  });
});

test('a reset says when, and for whom', async () => {
  const { ask, clock } = apiOf();
  expect(RESET_DONE().parse(await ask('/reset'))).toEqual({ resetAt: clock(), counts: 'this-isolate' });
});

describe('where Redis should have the totals and does not answer', () => {
  test.each(['/metrics', '/reset'])('%s: 503, to be asked again', async path => {
    const failing = () => Promise.reject(new RedisUnavailable('down'));
    const none = { counts: 'this-isolate', reason: null } as const;
    const { app } = apiOf({
      reader: {
        read: async () => ({ ...none, value: [] }),
        notes: async () => ({ ...none, value: [] }),
        total: failing,
        reset: failing,
      },
    });
    const response = await app.request(path);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.json()).toMatchObject({ code: 'METRICS_UNREACHABLE' });
  });
});
