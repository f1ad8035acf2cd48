import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { scaling } from '../../../edge/api/scaling.ts';
import { OVERRIDDEN, OVERRIDE_ENDED, SCALING } from '../../../shared/api/scaling.ts';
import { bucketOf } from '../../../shared/monitoring/buckets.ts';
import { parseSamples } from '../../../shared/monitoring/sample.ts';
import { createRedisScalingStore, type ScalingStore } from '../../../shared/scaling/store.ts';
import { targetsOf } from '../../../shared/scaling/targets.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createEngineRedis } from '../../fakes/engine-redis.ts';

const WEB = { web: { arn: 'arn:aws:ecs:eu-central-1:123456789012:service/shop/web' } };
const OVERRIDE = { count: 6, by: 'ops', reason: 'sale' };

async function app({ targets = WEB as Parameters<typeof targetsOf>[0], isOpen = true, originMs = 100 } = {}) {
  const clock = createTestClock();
  const store = createRedisScalingStore(await createEngineRedis(clock), clock);
  const spread = `t${originMs * 1_000},${bucketOf(originMs)}:100`;
  const samples = parseSamples([['edge_origin_duration_seconds{origin="default"}', spread]]);
  const { list, override, end } = scaling({
    targets: targetsOf(targets),
    open: () => (isOpen ? store : undefined),
    clock,
    reader: { read: async () => ({ counts: 'all-isolates', reason: null, value: [samples] }) },
  });
  const routes = new Hono()
    .get('/', list)
    .put('/:target/override', override)
    .delete('/:target/override', end);
  const put = (body: object | string, target = 'web') =>
    routes.request(`/${target}/override`, {
      method: 'PUT',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const look = async (query = '') => SCALING().parse(await (await routes.request(`/${query}`)).json());
  return { clock, store, routes, put, look };
}

const problemOf = async (response: Response) => (await response.json()) as { code: string; detail: string };

describe('GET scaling', () => {
  it('tells rules, and what they would decide of what was measured here', async () => {
    const { look } = await app({ originMs: 3_000 });
    const [web] = (await look()).targets;
    expect(web).toMatchObject({
      name: 'web',
      kind: 'ecs',
      resource: 'service/shop/web',
      override: null,
      seen: null,
    });
    expect(web?.rules.map(({ id }) => id)).toContain('cpu-high');
    expect(web?.dryRun).toMatchObject({ from: 2, to: 3, why: 'rule', met: ['slow'] });
  });

  it.each([
    ['?cpu=85&count=3', { from: 3, to: 4, met: ['cpu-high'] }],
    ['?cpu=10&memory=10&count=5', { from: 5, to: 4, met: ['cpu-low', 'memory-low'] }],
    ['?cpu=99&count=10', { to: 10, why: 'at-max' }],
    ['?count=40', { to: 10, why: 'bounds' }],
  ])('runs %s dry', async (query, decision) => {
    const { look } = await app();
    expect((await look(query)).targets[0]?.dryRun).toMatchObject(decision);
  });

  it('tells the last decisions of AWS, and waits out their cooldown in the dry run', async () => {
    const { look, store, clock } = await app();
    const activities = [{ at: clock() - 60_000, status: 'Successful', says: 'Setting desired count to 3.' }];
    await store.see('web', { at: clock(), min: 2, max: 10, isSuspended: false, activities });
    const [web] = (await look('?cpu=99&count=3')).targets;
    expect(web?.seen?.activities).toEqual(activities);
    expect(web?.dryRun).toMatchObject({ to: 3, why: 'cooldown' });
  });

  it.each(['?cpu=hot', '?cpu=-1', '?heat=3', '?count=1.5'])('refuses %s', async query => {
    const { routes } = await app();
    const response = await routes.request(`/${query}`);
    expect([response.status, (await problemOf(response)).code]).toEqual([400, 'SCALING_INVALID']);
  });
});

describe('an override', () => {
  it('wins until its time has come, and then is gone by itself', async () => {
    const { put, look, clock } = await app();
    const until = clock() + 60_000;
    const answer = OVERRIDDEN().parse(await (await put({ ...OVERRIDE, until })).json());
    expect(answer).toEqual({ target: 'web', override: { ...OVERRIDE, until } });
    expect((await look('?cpu=99&count=3')).targets[0]).toMatchObject({
      override: { count: 6 },
      dryRun: { to: 6, why: 'override' },
    });
    clock.advance(60_000);
    expect((await look()).targets[0]?.override).toBeNull();
  });

  it('is ended once', async () => {
    const { put, routes, clock } = await app();
    await put({ ...OVERRIDE, until: clock() + 60_000 });
    const end = async () =>
      OVERRIDE_ENDED().parse(await (await routes.request('/web/override', { method: 'DELETE' })).json());
    expect([(await end()).ended, (await end()).ended]).toEqual([true, false]);
  });

  it.each([
    ['{', 'the body must be JSON.'],
    [{ count: 11, by: 'ops' }, 'count must be a whole number from 2 to 10, the bounds of the rules.'],
    [{ count: 3, by: 'ops', until: 5 }, 'until must be later than now.'],
    [{ count: 3, by: '' }, 'by must say who.'],
    [{ count: 2.5, by: 'ops' }, 'count must be a whole number.'],
    [{ count: 3, by: 'ops', forever: true }, 'forever'],
  ])('of %j is refused: %s', async (given, words) => {
    const { put, clock } = await app();
    const body = typeof given === 'string' ? given : { until: clock() + 60_000, ...given };
    const response = await put(body);
    const problem = await problemOf(response);
    expect([response.status, problem.code]).toEqual([400, 'SCALING_INVALID']);
    expect(problem.detail).toContain(words);
  });

  it('is of a target that there is', async () => {
    const { put } = await app();
    const response = await put({ ...OVERRIDE, until: 1 }, 'db');
    expect([response.status, (await problemOf(response)).code]).toEqual([404, 'SCALING_TARGET_UNKNOWN']);
  });
});

describe('without what it needs', () => {
  it.each([
    ['a target', { targets: {} }],
    ['a Redis', { isOpen: false }],
  ])('%s, says what to do', async (_, missing) => {
    const { routes } = await app(missing);
    const response = await routes.request('/');
    expect([response.status, (await problemOf(response)).code]).toEqual([503, 'SCALING_ABSENT']);
  });

  it('an answer of Redis, asks to try again', async () => {
    const down = async () => Promise.reject(new Error('down'));
    const store = { read: down, override: down, end: down, see: down } as unknown as ScalingStore;
    const { list } = scaling({
      targets: targetsOf(WEB),
      open: () => store,
      clock: createTestClock(),
      reader: { read: async () => ({ counts: 'all-isolates', reason: null, value: [] }) },
    });
    const response = await new Hono().get('/', list).request('/');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  });
});
