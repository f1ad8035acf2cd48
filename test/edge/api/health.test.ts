import { expect, test } from 'vitest';
import type { UpstreamRequest } from '../../../edge/adapters/upstream.ts';
import { createHealthReport, type Health, health } from '../../../edge/api/health.ts';
import type { JobsHealth } from '../../../shared/jobs/jobs.ts';
import type { Redis } from '../../../shared/redis/redis.ts';
import { planOf } from '../exchange.ts';

const redis: Redis = { pipeline: async () => ['PONG'] };
const brokenRedis: Redis = { pipeline: () => Promise.reject(new Error('secret-token')) };
const plan = planOf({ origins: { blog: { url: 'http://blog.example', healthPath: '/up' } } });

function checking(
  answer: (request: UpstreamRequest) => Response,
  { through, jobs }: { through?: Redis; jobs?: () => Promise<JobsHealth> } = { through: redis },
) {
  const asked: string[] = [];
  let now = 0;
  const send = async (request: UpstreamRequest) => {
    asked.push(request.origin.url + request.target);
    return answer(request);
  };
  const origins = [...plan.origins.values()];
  const check = health(
    createHealthReport({ origins, redis: through, send, clock: () => now, ...(jobs && { jobs }) }),
  );
  const report = async (at = 0) => {
    now = at;
    const response = await check();
    expect(response.status).toBe(200);
    return (await response.json()) as Health;
  };
  return { asked, report };
}

const ok = () => new Response('ok');

test('all well is 100', async () => {
  const { asked, report } = checking(ok);
  expect(await report()).toMatchObject({
    status: 'healthy',
    score: 100,
    checks: {
      edge: { status: 'healthy' },
      redis: { status: 'healthy' },
      origin: { status: 'healthy' },
      'origin:blog': { status: 'healthy' },
    },
  });
  expect(asked.sort()).toEqual(['http://blog.example/up', 'http://origin.example/']);
});

test.each<[string, (request: UpstreamRequest) => Response]>([
  ['answers 500', ({ origin }) => new Response('', { status: origin.name === 'blog' ? 500 : 200 })],
  [
    'cannot be reached',
    ({ origin }) => {
      if (origin.name === 'blog') throw new Error('refused');
      return ok();
    },
  ],
])('an origin that %s degrades the score by its weight', async (_, answer) => {
  const report = await checking(answer).report();
  expect(report).toMatchObject({
    score: Math.round((100 * 4) / 6),
    checks: { 'origin:blog': { status: 'degraded' }, origin: { status: 'healthy' } },
  });
});

test('a client error at the origin is an answer like any other', async () => {
  expect((await checking(() => new Response('', { status: 404 })).report()).score).toBe(100);
});

test('Redis absent costs nothing, Redis out of reach is degraded, without its reason', async () => {
  expect((await checking(ok, {}).report()).checks.redis).toEqual({ status: 'absent' });
  const report = await checking(ok, { through: brokenRedis }).report();
  expect(report).toMatchObject({
    score: Math.round((100 * 5) / 6),
    checks: { redis: { status: 'degraded' } },
  });
  expect(JSON.stringify(report)).not.toContain('secret-token');
});

test('is examined once a second at most', async () => {
  const { asked, report } = checking(ok);
  for (const at of [0, 500, 999]) await report(at);
  expect(asked).toHaveLength(2);
  await report(1_000);
  expect(asked).toHaveLength(4);
});

test('a Redis that may drop the rows of the jobs, or cannot be asked, is degraded with its reason', async () => {
  const dropping = { status: 'degraded', reason: 'may drop rows' } as const;
  const reportOf = (jobs: () => Promise<JobsHealth>) => checking(ok, { through: redis, jobs }).report();
  expect(await reportOf(async () => dropping)).toMatchObject({
    status: 'degraded',
    checks: { jobs: dropping },
  });
  expect((await reportOf(() => Promise.reject(new Error('secret')))).checks.jobs).toEqual({
    status: 'degraded',
    reason: 'the Redis of the jobs cannot be reached',
  });
  expect((await reportOf(async () => ({ status: 'healthy' }))).checks.jobs).toEqual({ status: 'healthy' });
  expect((await checking(ok).report()).checks).not.toHaveProperty('jobs');
});
