import { describe, expect, it } from 'vitest';
import type { JobScheduler, ScheduledMessage } from '../../../../shared/jobs/job-scheduler.ts';
import { RedisUnavailable } from '../../../../shared/redis/redis.ts';
import { withChaos } from '../../../fakes/chaos.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { createTestEngine, idOf, type TestEngineOptions } from '../engine.ts';

const report = { report: 'sales', format: 'csv' } as const;
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const lane = { type: 'reports', lane: 'normal' } as const;
const high = { type: 'reports', lane: 'high' } as const;

async function open(options: Partial<TestEngineOptions> = {}) {
  const clock = createTestClock();
  const engine = await createTestEngine({ clock, tasks: { reports: async () => {} }, ...options });
  return { ...engine, clock, look: () => engine.rescue(clock() + 1_000) };
}

/** Fails the next so many calls of a method, before it is made or after. */
function failing<Port extends object>(
  port: Port,
  method: string,
  state: { left: number; where: 'before' | 'after' },
): Port {
  const fail = (where: string) => (called: string) => {
    if (called !== method || state.where !== where || state.left <= 0) return;
    state.left -= 1;
    throw new RedisUnavailable('no answer');
  };
  return withChaos(port, { before: fail('before'), after: fail('after') });
}

function createMemoryScheduler() {
  const schedules = new Map<string, ScheduledMessage>();
  const state = { down: false };
  const scheduler: JobScheduler = {
    async schedule(at) {
      if (state.down) throw new Error('no answer');
      schedules.set(at.id, at);
    },
    async cancel(id) {
      if (state.down) throw new Error('no answer');
      schedules.delete(id);
    },
  };
  return { scheduler, schedules, state };
}

describe('enqueue', () => {
  it('accepts a job, and its message says whose turn it is', async () => {
    const { jobs, memory } = await open();
    const id = idOf(await jobs.enqueue('reports', report, { tenant: 'acme' }));
    expect(memory.receive(lane)).toMatchObject([{ body: JSON.stringify({ job: id }), tenant: 'acme' }]);
    expect(await jobs.get(id)).toMatchObject({ state: 'queued', lane: 'normal', priority: 5 });
  });

  it('refuses brackets within brackets before anything follows them, and takes the others', async () => {
    const { jobs } = await open();
    const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    const payloads = [60, 100, 100_000].map(depth => ({ ...report, parameters: { a: nested(depth) } }));
    const outcomes = await jobs.enqueueMany(
      'reports',
      [...payloads, report].map(payload => ({ payload })),
    );
    const tooDeep = {
      kind: 'refused',
      code: 'JOB_PAYLOAD_INVALID',
      detail: expect.stringContaining('deeper'),
    };
    expect(outcomes).toMatchObject([{ kind: 'accepted' }, tooDeep, tooDeep, { kind: 'accepted' }]);
  });

  it.each([
    ['reports', 6, 'normal'],
    ['reports', 7, 'high'],
    ['analysis', 10, 'normal'],
  ] as const)('takes %s of priority %i to the %s lane', async (type, priority, expected) => {
    const { jobs, memory } = await open();
    const payload = type === 'reports' ? report : { database: 'main' };
    await jobs.enqueue(type, payload as never, { priority });
    expect(memory.receive({ type, lane: expected })).toHaveLength(1);
  });

  it('gives the same key the same job, sends it once, and refuses the key another payload', async () => {
    const { jobs, memory } = await open();
    const key = { idempotencyKey: 'march' };
    const first = await jobs.enqueue('reports', report, key);
    expect(await jobs.enqueue('reports', report, key)).toMatchObject({
      kind: 'existing',
      job: { id: idOf(first) },
    });
    expect(await jobs.enqueue('reports', { ...report, format: 'json' }, key)).toMatchObject({
      kind: 'refused',
      code: 'JOB_KEY_REUSED',
    });
    expect(await jobs.enqueue('reports', report, { ...key, tenant: 'acme' })).toMatchObject({
      kind: 'accepted',
    });
    expect(memory.receive(lane)).toHaveLength(2);
  });

  it.each([
    [{ priority: 0 }],
    [{ priority: 11 }],
    [{ priority: 1.5 }],
    [{ delayMs: -1 }],
    [{ delayMs: 366 * DAY }],
    [{ tenant: '' }],
    [{ tenant: 'a b' }],
    [{ idempotencyKey: '' }],
    [{ idempotencyKey: 'é' }],
    [{ idempotencyKey: 'x'.repeat(256) }],
  ])('refuses the options %j', async options => {
    const { jobs } = await open();
    expect(await jobs.enqueue('reports', report, options)).toMatchObject({
      kind: 'refused',
      code: 'JOB_OPTIONS_INVALID',
    });
  });

  it('refuses a wrong payload and says where it is wrong', async () => {
    const { jobs, memory } = await open();
    expect(await jobs.enqueue('reports', { report: 'sales', format: 'pdf' } as never)).toMatchObject({
      kind: 'refused',
      code: 'JOB_PAYLOAD_INVALID',
      issues: [{ path: 'format' }],
    });
    expect(memory.receive(lane)).toEqual([]);
  });
});

describe('a large payload', () => {
  const large = {
    action: 'put',
    index: 'a',
    document: 'b',
    version: 1,
    fields: { text: 'é'.repeat(40_000) },
  } as const;
  const createPayloads = () => {
    const kept = new Map<string, string>();
    return {
      kept,
      payloads: {
        put: async (key: string, json: string) => void kept.set(key, json),
        get: async (key: string) => kept.get(key) ?? '',
      },
    };
  };

  it('is checked in, and the task gets it', async () => {
    const { kept, payloads } = createPayloads();
    let got: unknown;
    const { jobs, deliver, redis } = await open({
      payloads,
      tasks: {
        'search-indexing': async payload => {
          got = payload;
        },
      },
    });
    const id = idOf(await jobs.enqueue('search-indexing', large));
    expect([...kept.keys()]).toEqual([expect.stringMatching(new RegExp(`^jobs/${id}/[0-9a-f]{40}\\.json$`))]);
    const [row] = await redis.pipeline([['HGET', `jobs:${id}`, 'payload']]);
    expect(row).toBeNull();
    await deliver('search-indexing');
    expect(got).toEqual(large);
  });

  it('is not replaced by another under the same key', async () => {
    const { kept, payloads } = createPayloads();
    const { jobs } = await open({ payloads });
    const key = { idempotencyKey: 'one' };
    await jobs.enqueue('search-indexing', large, key);
    const [before] = [...kept.values()];
    expect(await jobs.enqueue('search-indexing', { ...large, version: 2 }, key)).toMatchObject({
      code: 'JOB_KEY_REUSED',
    });
    expect([...kept.values()][0]).toBe(before);
  });

  it('is refused where there is no place for it, and above what any may have', async () => {
    const without = await open();
    expect(await without.jobs.enqueue('search-indexing', large)).toMatchObject({
      code: 'JOB_PAYLOAD_TOO_LARGE',
    });
    const { jobs } = await open({ payloads: createPayloads().payloads });
    const huge = { ...large, fields: { text: 'x'.repeat(8 * 1024 * 1024) } };
    expect(await jobs.enqueue('search-indexing', huge)).toMatchObject({ code: 'JOB_PAYLOAD_TOO_LARGE' });
  });

  it('that cannot be checked in is a refusal', async () => {
    const payloads = { put: async () => Promise.reject(new Error('no')), get: async () => '' };
    const { jobs } = await open({ payloads });
    expect(await jobs.enqueue('search-indexing', large)).toMatchObject({
      kind: 'refused',
      code: 'JOB_STORE_UNAVAILABLE',
    });
    expect((await jobs.list()).jobs).toEqual([]);
  });
});

describe('enqueueMany', () => {
  it('tells of each item what became of it, in their order', async () => {
    const { jobs, memory } = await open();
    const items = Array.from({ length: 250 }, (_, at) => ({
      payload: { report: at % 50 === 3 ? '' : `report-${at}`, format: 'csv' as const },
      priority: at % 10 === 0 ? 9 : 5,
    }));
    const outcomes = await jobs.enqueueMany('reports', items);
    expect(outcomes.map(({ kind }, at) => [at, kind]).filter(([, kind]) => kind !== 'accepted')).toEqual(
      [3, 53, 103, 153, 203].map(at => [at, 'refused']),
    );
    expect(memory.receive(high, { most: 1_000 })).toHaveLength(25);
    expect(memory.receive(lane, { most: 1_000 })).toHaveLength(220);
  });

  it('accepts what the queue did not take, and sends that later', async () => {
    const { jobs, memory, clock, look } = await open({
      around: {
        queue: queue => ({
          ...queue,
          async sendMany(address, messages) {
            await queue.sendMany(address, messages.slice(0, 1));
            return messages.map((_, at) => (at === 0 ? { ok: true } : { ok: false, reason: 'throttled' }));
          },
        }),
      },
    });
    const outcomes = await jobs.enqueueMany('reports', [{ payload: report }, { payload: report }]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
    expect(memory.receive(lane)).toHaveLength(1);
    clock.advance(15_000);
    expect(await look()).toMatchObject({ sent: 1 });
    expect(memory.receive(lane)).toHaveLength(1);
  });
});

describe('while Redis does not answer', () => {
  it.each(['before', 'after'] as const)(
    'once (%s it wrote), a job is accepted all the same, and sent',
    async where => {
      const state = { left: 1, where };
      const { jobs, memory } = await open({
        around: { store: store => failing(store, 'createMany', state) },
      });
      const id = idOf(await jobs.enqueue('reports', report));
      expect(memory.receive(lane)).toMatchObject([{ body: JSON.stringify({ job: id }) }]);
    },
  );

  it('a job is refused, and nothing is sent', async () => {
    const state = { left: 2, where: 'before' as const };
    const { jobs, memory } = await open({ around: { store: store => failing(store, 'createMany', state) } });
    expect(await jobs.enqueue('reports', report)).toMatchObject({
      kind: 'refused',
      code: 'JOB_STORE_UNAVAILABLE',
    });
    expect(memory.receive(lane)).toEqual([]);
    expect((await jobs.list()).jobs).toEqual([]);
  });

  it('that a message was sent is not kept: it is sent again, and done once', async () => {
    const state = { left: 1, where: 'before' as const };
    let runs = 0;
    const { jobs, deliver, clock, look } = await open({
      tasks: { reports: async () => void runs++ },
      around: { store: store => failing(store, 'confirmMany', state) },
    });
    idOf(await jobs.enqueue('reports', report));
    clock.advance(15_000);
    expect(await look()).toMatchObject({ sent: 1 });
    expect((await deliver('reports')).deliveries).toHaveLength(2);
    expect(runs).toBe(1);
  });
});

describe('a job without a message', () => {
  it('is sent by whoever looks after the rows, once a minute at most', async () => {
    let broken = true;
    const { jobs, memory, clock, look } = await open({
      around: {
        queue: queue => ({
          ...queue,
          sendMany: async (address, messages) =>
            broken ? messages.map(() => ({ ok: false, reason: 'down' })) : queue.sendMany(address, messages),
        }),
      },
    });
    const id = idOf(await jobs.enqueue('reports', report));
    expect(await look()).toMatchObject({ sent: 0 });
    clock.advance(15_000);
    await look();
    broken = false;
    clock.advance(59_999);
    await look();
    expect(memory.receive(lane)).toEqual([]);
    clock.advance(1);
    await look();
    expect(memory.receive(lane)).toMatchObject([{ body: JSON.stringify({ job: id }) }]);
    clock.advance(11 * HOUR);
    expect(await look()).toMatchObject({ sent: 0 });
  });

  it('is found when its message was lost in the queue', async () => {
    const { jobs, memory, clock, look } = await open();
    await jobs.enqueue('reports', report);
    for (const { receipt } of memory.receive(lane)) memory.remove(lane, receipt);
    clock.advance(12 * HOUR + MINUTE);
    expect(await look()).toMatchObject({ sent: 1 });
    expect(memory.receive(lane)).toHaveLength(1);
  });

  it('is found when its holder died and took the message along', async () => {
    const { jobs, memory, rows, clock, look } = await open();
    const id = idOf(await jobs.enqueue('reports', report));
    for (const { receipt } of memory.receive(lane)) memory.remove(lane, receipt);
    const watchAt = clock() + 2 * HOUR;
    await rows.claim(id, { now: clock(), holder: 'a', leaseMs: HOUR, attempts: 4, perTenant: 9, watchAt });
    clock.advance(2 * HOUR);
    await look();
    expect(await jobs.get(id)).toMatchObject({ state: 'queued', attempts: 1 });
    expect(memory.receive(lane)).toHaveLength(1);
  });
});

describe('a delay', () => {
  it('of at most fifteen minutes is the queue’s', async () => {
    const { jobs, memory, clock, deliver } = await open();
    const id = idOf(await jobs.enqueue('reports', report, { delayMs: 15 * MINUTE }));
    expect(await jobs.get(id)).toMatchObject({ state: 'scheduled', runAt: clock() + 15 * MINUTE });
    clock.advance(15 * MINUTE - 1);
    expect(memory.receive(lane)).toEqual([]);
    clock.advance(1);
    await deliver('reports');
    expect(await jobs.get(id)).toMatchObject({ state: 'succeeded' });
  });

  it('beyond that is the scheduler’s, and gone with the job', async () => {
    const { scheduler, schedules } = createMemoryScheduler();
    const { jobs, memory, clock } = await open({ scheduler });
    const id = idOf(await jobs.enqueue('reports', report, { delayMs: DAY, tenant: 'acme' }));
    expect(schedules.get(id)).toMatchObject({
      at: clock() + DAY,
      address: { type: 'reports', lane: 'normal' },
      message: { body: JSON.stringify({ job: id }), tenant: 'acme' },
    });
    expect(schedules.get(id)?.message).not.toHaveProperty('delayMs');
    expect(memory.receive(lane)).toEqual([]);
    expect(await jobs.cancel(id)).toMatchObject({ kind: 'cancelled', was: 'scheduled' });
    expect(schedules.size).toBe(0);
  });

  it('is handed to the scheduler by whoever looks after the rows, where it was not reached', async () => {
    const { scheduler, schedules, state } = createMemoryScheduler();
    state.down = true;
    const { jobs, clock, look } = await open({ scheduler });
    const id = idOf(await jobs.enqueue('reports', report, { delayMs: DAY }));
    state.down = false;
    clock.advance(15_000);
    await look();
    expect(schedules.get(id)?.at).toBe(clock() + DAY - 15_000);
    clock.advance(HOUR);
    schedules.clear();
    await look();
    expect(schedules.size).toBe(0);
  });

  it('ends although the scheduler forgot it', async () => {
    const { scheduler, schedules } = createMemoryScheduler();
    const { jobs, memory, clock, look } = await open({ scheduler });
    await jobs.enqueue('reports', report, { delayMs: DAY });
    schedules.clear();
    clock.advance(DAY + MINUTE);
    await look();
    expect(memory.receive(lane)).toEqual([]);
    clock.advance(MINUTE);
    await look();
    expect(memory.receive(lane)).toHaveLength(1);
  });

  it('that was cancelled is cancelled, although its schedule stays', async () => {
    const { scheduler, state } = createMemoryScheduler();
    const { jobs, logged } = await open({ scheduler });
    const id = idOf(await jobs.enqueue('reports', report, { delayMs: DAY }));
    state.down = true;
    expect(await jobs.cancel(id)).toMatchObject({ kind: 'cancelled' });
    expect(logged).toMatchObject([{ event: 'job-schedule-left', job: id }]);
  });
});

describe('a person', () => {
  it('may try one again', async () => {
    const { jobs, memory } = await open();
    const id = idOf(await jobs.enqueue('reports', report));
    expect(await jobs.retry(id)).toMatchObject({ kind: 'refused', job: { state: 'queued' } });
    await jobs.cancel(id);
    memory.receive(lane);
    expect(await jobs.retry(id)).toMatchObject({ kind: 'queued', job: { state: 'queued' } });
    expect(memory.receive(lane)).toMatchObject([{ body: JSON.stringify({ job: id }) }]);
  });

  it('sees what there is, and how long it waits', async () => {
    const { jobs, clock } = await open();
    await jobs.enqueue('reports', report);
    clock.advance(5_000);
    await jobs.enqueue('reports', report, { priority: 9 });
    const reports = (await jobs.queues()).find(({ type }) => type === 'reports');
    expect(reports).toMatchObject({
      states: { queued: 2, running: 0 },
      oldestQueuedMs: 5_000,
      lanes: [
        { lane: 'normal', concurrency: 3, visible: 1, deadLetters: 0 },
        { lane: 'high', concurrency: 5, visible: 1 },
      ],
    });
    expect((await jobs.queues()).map(({ type }) => type)).toHaveLength(8);
    const first = await jobs.list({ limit: 1 });
    const second = await jobs.list({ limit: 1, cursor: first.cursor as string });
    expect([first, second].flatMap(page => page.jobs.map(({ priority }) => priority))).toEqual([9, 5]);
  });

  it('is told when rows may be dropped', async () => {
    const { jobs } = await open();
    expect(await jobs.check()).toEqual({ status: 'healthy' });
    const evicting = await open({
      around: {
        store: store => ({ ...store, evicts: async () => ({ kind: 'may', policy: 'allkeys-lru' }) }),
      },
    });
    expect(await evicting.jobs.check()).toMatchObject({
      status: 'degraded',
      reason: expect.stringContaining('allkeys-lru'),
    });
  });
});

it('a list forgets the rows that have gone', async () => {
  const { jobs, redis, look, clock } = await open();
  const id = idOf(await jobs.enqueue('reports', report));
  await jobs.cancel(id);
  clock.advance(29 * DAY);
  expect(await look()).toMatchObject({ pruned: 0 });
  clock.advance(DAY + 1);
  await redis.pipeline([['DEL', `jobs:${id}`]]);
  expect((await jobs.list({ type: 'reports' })).jobs).toEqual([]);
  expect(await look()).toMatchObject({ pruned: 1 });
  expect((await jobs.queues()).find(({ type }) => type === 'reports')?.states.cancelled).toBe(0);
});

it('a list forgets in one go what went in a busy time', async () => {
  const { jobs, redis, look, clock } = await open();
  const outcomes = await jobs.enqueueMany(
    'reports',
    Array.from({ length: 250 }, () => ({ payload: report })),
  );
  for (const outcome of outcomes) await jobs.cancel(idOf(outcome));
  clock.advance(30 * DAY + 1);
  await redis.pipeline(outcomes.map(outcome => ['DEL', `jobs:${idOf(outcome)}`]));
  expect(await look()).toMatchObject({ pruned: 250 });
});

it('jobs of a type that this version does not know stand in nobody’s way, and are not forgotten', async () => {
  const { jobs, redis, memory, look, clock } = await open({
    around: { queue: queue => ({ ...queue, sendMany: async () => [{ ok: false, reason: 'down' }] }) },
  });
  const strange = Array.from({ length: 150 }, (_, at) => `painting-${String(at).padStart(24, '0')}`);
  await redis.pipeline([['ZADD', 'jobs:watch', ...strange.flatMap(id => [1, id])]]);
  const known = idOf(await jobs.enqueue('reports', report));
  clock.advance(15_000);
  for (let minute = 0; minute < 2; minute++) await look();
  const [later] = await redis.pipeline([['ZCOUNT', 'jobs:watch', clock() + MINUTE, clock() + MINUTE]]);
  expect(later).toBe(151);
  expect(memory.receive(lane)).toEqual([]);
  expect(await jobs.get(known)).toMatchObject({ state: 'queued' });
});
