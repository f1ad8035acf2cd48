import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { invalidate } from '../../../edge/api/invalidate.ts';
import type { OpenedJobs } from '../../../edge/api/jobs/handlers.ts';
import type { PlatformContext } from '../../../edge/platform.ts';
import type { PurgeOutcome } from '../../../shared/cache/levels-purge.ts';
import { createJobs } from '../../../shared/jobs/door/create-jobs.ts';
import { createRedisJobStore } from '../../../shared/jobs/store/redis-job-store.ts';
import { randomId } from '../../../shared/primitives/ids.ts';
import { RedisUnavailable } from '../../../shared/redis/redis.ts';
import { withChaos } from '../../fakes/chaos.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createEngineRedis } from '../../fakes/engine-redis.ts';
import { createMemoryJobQueue } from '../../fakes/job-queue.ts';
import { planOf } from '../exchange.ts';

/** An answer, or a problem in its place; the job is null where there is none. */
interface Told {
  readonly job: string;
  readonly cdns: readonly string[];
  readonly code?: string;
}

interface Given {
  readonly cdns?: readonly string[];
  readonly shared?: PurgeOutcome['shared'];
  readonly opened?: OpenedJobs;
  readonly redisIsDown?: boolean;
}

async function open({ cdns = ['site', 'shop'], shared = 'purged', opened, redisIsDown = false }: Given = {}) {
  const clock = createTestClock();
  const redis = withChaos(await createEngineRedis(clock), {
    before() {
      if (redisIsDown) throw new RedisUnavailable('away');
    },
  });
  const store = createRedisJobStore(redis);
  const jobs = createJobs({ store, queue: createMemoryJobQueue(clock), clock, createId: randomId });
  const order: string[] = [];
  const watched = withChaos(jobs, { before: () => void order.push('job') });
  const cache = {
    purge: async () => {
      order.push('levels');
      return { shared };
    },
    purgeLike: async () => ({ shared, tags: 0, complete: true }),
  };
  const platform: PlatformContext = {
    cache: {
      purge: async () => {
        order.push('front');
        return { success: true };
      },
    },
  };
  const app = new Hono().post(
    '/invalidate',
    invalidate({
      cache,
      createId: () => 'id-1',
      routes: planOf().routes,
      cdns,
      open: () => opened ?? { ok: true, jobs: watched },
      base: '/base',
    }),
  );
  const executionContext = Object.assign(
    { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} },
    platform,
  );
  const send = async (body: unknown, headers: Record<string, string> = {}) => {
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await app.request('https://shop.example/invalidate', request, {}, executionContext);
    return { response, body: (await response.json()) as Told };
  };
  const payloadOf = async (id: string) => {
    const claimed = await store.claim(id, {
      now: clock(),
      holder: 'h',
      leaseMs: 1,
      attempts: 9,
      perTenant: 9,
      watchAt: clock(),
    });
    return claimed.kind === 'claimed' && claimed.payload.kind === 'inline'
      ? JSON.parse(claimed.payload.json)
      : claimed;
  };
  return { send, order, payloadOf, jobs };
}

describe('an invalidation', () => {
  it('is a purge from the inside out, and then a job, whose id it answers with', async () => {
    const { send, order, jobs, payloadOf } = await open();
    const { response, body } = await send({ tags: ['product-1'], soft: true });
    expect(response.status).toBe(202);
    expect(body).toEqual({
      id: 'id-1',
      soft: true,
      purged: 1,
      tiers: { redis: 'purged', isolate: 'purged', cdn: 'purged' },
      job: expect.stringMatching(/^invalidation-/),
      cdns: ['site', 'shop'],
    });
    expect(order).toEqual(['levels', 'front', 'job']);
    expect(response.headers.get('location')).toBe(`/base/api/admin/jobs/${body.job}`);
    expect(await jobs.get(body.job)).toMatchObject({ state: 'queued', type: 'invalidation' });
    expect(await payloadOf(body.job)).toEqual({ tags: ['product-1'], mode: 'soft' });
  });

  it.each([
    [
      { urls: ['/a?b=1', 'https://Other.example/ä'] },
      { urls: ['https://shop.example/a?b=1', 'https://other.example/%C3%A4'] },
    ],
    [{ prefixes: ['/a/'] }, { prefixes: ['https://shop.example/a/'] }],
    [{ patterns: ['/a/*', '*'] }, { patterns: ['https://shop.example/a/*', '*'] }],
    [{ hosts: ['a_b.example'] }, { hosts: ['a_b.example'] }],
    [{ everything: true }, { everything: true }],
  ])('of %j names it as CDNs do', async (named, payload) => {
    const { send, payloadOf } = await open();
    const { body } = await send(named);
    expect(await payloadOf(body.job)).toEqual({ ...payload, mode: 'hard' });
  });

  it('may be for some CDNs, and may wait until it has taken effect', async () => {
    const { send, payloadOf } = await open();
    const { body } = await send({ tags: ['a'], cdns: ['shop'], wait: true });
    expect(body.cdns).toEqual(['shop']);
    expect(await payloadOf(body.job)).toMatchObject({ cdns: ['shop'], wait: true });
  });

  it('with a key that came before is the same job', async () => {
    const { send } = await open();
    const first = await send({ tags: ['a'] }, { 'idempotency-key': 'deploy-7' });
    const again = await send({ tags: ['a'] }, { 'idempotency-key': '"deploy-7"' });
    expect(again.body.job).toBe(first.body.job);
    const other = await send({ tags: ['b'] }, { 'idempotency-key': 'deploy-7' });
    expect([other.response.status, other.body.code]).toEqual([422, 'JOB_KEY_REUSED']);
  });

  it('is a purge alone where no CDN is configured', async () => {
    const { send, order } = await open({ cdns: [], opened: { ok: false, sentence: 'Set JOBS_QUEUE_URL' } });
    const { response, body } = await send({ tags: ['a'] });
    expect([response.status, body.job, body.cdns]).toEqual([202, null, []]);
    expect(order).toEqual(['levels', 'front']);
  });
});

describe('what cannot be done is refused before anything is', () => {
  it.each<[unknown, Given, number, string, Record<string, string>?]>([
    [{ tags: ['a'], urls: ['/b'] }, {}, 400, 'PURGE_INVALID'],
    [{ tags: [] }, {}, 400, 'PURGE_INVALID'],
    [{ tags: ['a'], cdns: [] }, {}, 400, 'PURGE_INVALID'],
    [{ tags: ['a'], cdns: ['none'] }, {}, 400, 'CDN_NOT_CONFIGURED'],
    [{ urls: [`/${'a'.repeat(8_000)}`] }, {}, 400, 'PURGE_INVALID'],
    [{ hosts: ['a.example:99999'] }, {}, 400, 'PURGE_INVALID'],
    [{ tags: ['a'], cdns: Array(21).fill('site') }, {}, 400, 'PURGE_INVALID'],
    [{ tags: Array(1_001).fill('a') }, {}, 413, 'PURGE_TOO_LARGE'],
    [{ tags: ['a'] }, {}, 400, 'JOB_KEY_INVALID', { 'idempotency-key': '' }],
    [{ tags: ['a'] }, { opened: { ok: false, sentence: 'Set JOBS_QUEUE_URL' } }, 503, 'JOBS_ABSENT'],
  ])('%j', async (body, given, status, code, headers = {}) => {
    const { send, order } = await open(given);
    const answered = await send(body, headers);
    expect([answered.response.status, answered.body.code]).toEqual([status, code]);
    expect(order).toEqual([]);
  });
});

describe('what is done in part is told', () => {
  it('Redis out of reach: the CDNs would fill again from it, and are not told', async () => {
    const { send, order } = await open({ shared: 'unreachable' });
    const { response, body } = await send({ tags: ['a'] });
    expect([response.status, body.code]).toEqual([503, 'CACHE_PURGE_INCOMPLETE']);
    expect(order).toEqual(['levels']);
  });

  it('a job that is not accepted: to be sent again', async () => {
    const { send } = await open({ redisIsDown: true });
    const { response, body } = await send({ tags: ['a'] });
    expect([response.status, body.code]).toEqual([503, 'CDN_INVALIDATION_UNSENT']);
    expect(response.headers.get('retry-after')).toBe('5');
  });
});
