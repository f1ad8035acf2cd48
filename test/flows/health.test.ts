import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

const HEALTH = '/api/performance/health';
let flow: Flow;

beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow.stop());

const nowhere = { UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1', UPSTASH_REDIS_REST_TOKEN: 'nobody' };

async function healthOf(variables: Record<string, string>) {
  const edge = await flow.another(variables);
  const reply = await ask(edge.url, HEALTH);
  return { status: reply.status, report: JSON.parse(reply.text), headers: reply.headers };
}

test('all well: healthy, without a token, not to be stored', async () => {
  const { status, report, headers } = await healthOf({});
  expect([status, report]).toEqual([
    200,
    {
      status: 'healthy',
      score: 100,
      checks: {
        edge: { status: 'healthy' },
        redis: { status: 'absent' },
        origin: { status: 'healthy', latencyMs: expect.any(Number) },
      },
    },
  ]);
  expect(headers['cache-control']).toBe('no-store');
});

test.each([
  ['the origin', { ORIGIN_URL: 'http://127.0.0.1:1' }, 'origin'],
  ['Redis', nowhere, 'redis'],
])('%s out of reach: degraded, still 200', async (_, variables, check) => {
  const { status, report } = await healthOf(variables);
  expect([status, report.status]).toEqual([200, 'degraded']);
  expect(report.score).toBeGreaterThan(0);
  expect(report.score).toBeLessThan(100);
  expect(report.checks[check]).toEqual({
    status: 'degraded',
    reason: expect.stringMatching(/cannot be reached/),
  });
});

describe('a wrong setting', () => {
  test('makes the edge unhealthy: 503 that names it, at every path', async () => {
    const edge = await flow.another({ ADMIN_TOKEN: 'short-but-secret' });
    const health = await ask(edge.url, HEALTH);
    expect([health.status, JSON.parse(health.text)]).toEqual([
      503,
      {
        status: 'unhealthy',
        score: 0,
        checks: { edge: { status: 'unhealthy', reason: expect.stringMatching(/^ADMIN_TOKEN must be/) } },
      },
    ]);
    const page = await ask(edge.url, '/page');
    expect([page.status, JSON.parse(page.text)]).toMatchObject([
      503,
      { code: 'SETTING_WRONG', detail: expect.stringMatching(/^ADMIN_TOKEN/) },
    ]);
    expect(health.text + page.text).not.toContain('short-but-secret');
  });

  test('such as no origin at all', async () => {
    const { status, report } = await healthOf({ ORIGIN_URL: '' });
    expect([status, report.checks.edge.reason]).toEqual([503, expect.stringMatching(/^ORIGIN_URL/)]);
  });
});

test('is the same by HEAD, without the body', async () => {
  const reply = await flow.ask(HEALTH, { method: 'HEAD' });
  expect([reply.status, reply.text]).toEqual([200, '']);
});
