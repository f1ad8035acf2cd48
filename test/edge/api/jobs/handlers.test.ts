import { afterEach, describe, expect, it, vi } from 'vitest';
import { RedisError, RedisUnavailable } from '../../../../shared/redis/redis.ts';
import { serveJobs } from './served-jobs.ts';

const ROUTES = [
  'GET /api/admin/jobs',
  'GET /api/admin/jobs/reports-0123456789abcdef01234567',
  'GET /api/admin/jobs/reports-0123456789abcdef01234567/events',
  'DELETE /api/admin/jobs/reports-0123456789abcdef01234567',
  'POST /api/admin/jobs/reports-0123456789abcdef01234567/retry',
  'GET /api/admin/queues',
];

afterEach(() => void vi.restoreAllMocks());

describe.each(ROUTES)('%s', route => {
  it('says which setting is missing where there are no jobs', async () => {
    const served = await serveJobs({ opened: { ok: false, sentence: 'Set JOBS_QUEUE_URL.' } });
    const { status, body } = await served.ask(route);
    expect([status, body.code, body.detail]).toEqual([503, 'JOBS_ABSENT', 'Set JOBS_QUEUE_URL.']);
  });

  it.each([
    ['is away', new RedisUnavailable('away')],
    ['is full', new RedisError('OOM command not allowed')],
  ])('says to come again while Redis %s', async (_name, trouble) => {
    vi.spyOn(console, 'error').mockReturnValue();
    const served = await serveJobs();
    served.down.redis = trouble;
    const { status, headers, body } = await served.ask(route);
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'JOB_STORE_UNAVAILABLE', '5']);
    expect(JSON.stringify(body)).not.toContain('OOM');
  });
});

it('a fault of ours is not called an outage', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const served = await serveJobs();
  served.down.redis = new TypeError('bug');
  expect((await served.ask('GET /api/admin/jobs')).status).toBe(500);
});

it('nobody comes in without the token', async () => {
  const served = await serveJobs();
  for (const route of [...ROUTES, 'POST /api/admin/jobs/reports', 'POST /api/admin/queues/reports/redrive'])
    expect((await served.ask(route, { headers: { authorization: 'Bearer no' } })).status).toBe(401);
});
