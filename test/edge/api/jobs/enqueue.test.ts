import { beforeEach, describe, expect, it } from 'vitest';
import { RedisUnavailable } from '../../../../shared/redis/redis.ts';
import { REPORT, type ServedJobs, serveJobs } from './served-jobs.ts';

let served: ServedJobs;
beforeEach(async () => {
  served = await serveJobs();
});

const keyed = (key: string, payload: object = REPORT) => ({
  body: { payload },
  headers: { 'idempotency-key': key },
});
const post = 'POST /api/admin/jobs/reports';
const received = () => served.queue.receive({ type: 'reports', lane: 'normal' });

describe('a job that is enqueued', () => {
  it('is accepted, says where it can be watched, and is in its queue', async () => {
    const { status, headers, body } = await served.ask(post, { body: { payload: REPORT } });
    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/api/admin/jobs/${body.id}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      type: 'reports',
      state: 'queued',
      lane: 'normal',
      tenant: 'default',
      priority: 5,
    });
    expect(received()).toMatchObject([{ body: JSON.stringify({ job: body.id }), tenant: 'default' }]);
    expect((await served.ask(`GET ${headers.get('location')}`)).body.id).toBe(body.id);
  });

  it('takes the lane of its priority, the tenant it is for, and the delay it is given', async () => {
    const asked = { payload: REPORT, priority: 7, tenant: 'acme', delaySeconds: 60 };
    const { body } = await served.ask(post, { body: asked });
    expect(body).toMatchObject({
      state: 'scheduled',
      lane: 'high',
      tenant: 'acme',
      runAt: served.clock() + 60_000,
    });
    const high = { type: 'reports', lane: 'high' } as const;
    expect(served.queue.receive(high)).toEqual([]);
    served.clock.advance(60_000);
    expect(served.queue.receive(high)).toMatchObject([{ tenant: 'acme' }]);
  });

  it('does not show its payload', async () => {
    expect(JSON.stringify(await served.enqueue())).not.toContain('sales');
  });
});

describe('the same idempotency key', () => {
  it('is the same job, once', async () => {
    const first = await served.ask(post, keyed('"order-1"'));
    served.clock.advance(1);
    const second = await served.ask(post, keyed('order-1'));
    expect([first.status, second.status]).toEqual([202, 200]);
    expect(second.body.id).toBe(first.body.id);
    expect(second.headers.get('location')).toBe(`/api/admin/jobs/${first.body.id}`);
    expect(received()).toHaveLength(1);
  });

  it('with another payload is refused', async () => {
    await served.ask(post, keyed('order-1'));
    const other = await served.ask(post, keyed('order-1', { ...REPORT, format: 'json' }));
    expect([other.status, other.body.code]).toEqual([422, 'JOB_KEY_REUSED']);
    expect(received()).toHaveLength(1);
  });

  it('that is none is refused', async () => {
    const { status, body } = await served.ask(post, keyed('a b'));
    expect([status, body.code]).toEqual([400, 'JOB_KEY_INVALID']);
  });
});

describe('what is no job', () => {
  it.each([
    ['of an unknown type', 'POST /api/admin/jobs/baking', { payload: {} }, 404, 'JOB_TYPE_UNKNOWN'],
    [
      'of a type from the prototype',
      'POST /api/admin/jobs/constructor',
      { payload: {} },
      404,
      'JOB_TYPE_UNKNOWN',
    ],
    ['not JSON', post, '{', 400, 'JOB_INVALID'],
    ['with an unknown member', post, { payload: REPORT, colour: 1 }, 400, 'JOB_INVALID'],
    ['with priority 11', post, { payload: REPORT, priority: 11 }, 400, 'JOB_INVALID'],
    ['with half a second', post, { payload: REPORT, delaySeconds: 0.5 }, 400, 'JOB_INVALID'],
    ['with a delay of years', post, { payload: REPORT, delaySeconds: 99_999_999 }, 400, 'JOB_INVALID'],
    ['with a tenant of spaces', post, { payload: REPORT, tenant: ' ' }, 400, 'JOB_INVALID'],
    ['without a payload', post, {}, 400, 'JOB_INVALID'],
    [
      'with a payload of another type',
      post,
      { payload: { report: 'sales', format: 'xml' } },
      400,
      'JOB_PAYLOAD_INVALID',
    ],
    [
      'with a payload too large for it',
      post,
      { payload: { ...REPORT, parameters: { a: 'x'.repeat(9_000_000) } } },
      413,
      'JOB_PAYLOAD_TOO_LARGE',
    ],
    [
      'with a payload too large to keep',
      post,
      { payload: { ...REPORT, parameters: { a: 'x'.repeat(70_000) } } },
      413,
      'JOB_PAYLOAD_TOO_LARGE',
    ],
  ])('%s is refused', async (_name, route, body, status, code) => {
    const answer = await served.ask(route, { body });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect((await served.ask('GET /api/admin/jobs')).body.jobs).toEqual([]);
  });

  it('is told where it is wrong', async () => {
    const options = await served.ask(post, { body: { payload: REPORT, priority: 0 } });
    expect(options.body.detail).toBe('priority must be at least 1.');
    const payload = await served.ask(post, { body: { payload: { report: 'sales', format: 'xml' } } });
    expect(payload.body.issues).toMatchObject([{ path: 'format' }]);
    expect((await served.ask('POST /api/admin/jobs/baking')).body.detail).toContain('reports');
  });
});

describe('while a part is down', () => {
  it('Redis: the job is refused, and nothing half accepted', async () => {
    served.down.redis = new RedisUnavailable('away');
    const { status, headers, body } = await served.ask(post, { body: { payload: REPORT } });
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'JOB_STORE_UNAVAILABLE', '5']);
    served.down.redis = undefined;
    expect((await served.ask('GET /api/admin/jobs')).body.jobs).toEqual([]);
    expect(received()).toEqual([]);
  });

  it('the queue: the job is accepted and kept, to be sent by whoever looks next', async () => {
    served.down.queue = true;
    const { status, body } = await served.ask(post, { body: { payload: REPORT } });
    expect(status).toBe(202);
    const overdue = { now: served.clock() + 60_000, limit: 10, watchAt: served.clock() + 120_000 };
    expect(await served.store.takeOverdue({ ...overdue, attemptsOf: () => 4 })).toMatchObject([
      { kind: 'send', job: { id: body.id } },
    ]);
  });
});
