import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CATALOGUE } from '../../../../shared/jobs/catalogue.ts';
import { PermanentError } from '../../../../shared/jobs/permanent-error.ts';
import type { TaskContext, Tasks } from '../../../../shared/jobs/worker/task.ts';
import { RedisUnavailable } from '../../../../shared/redis/redis.ts';
import { withChaos } from '../../../fakes/chaos.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { createTestEngine, idOf, type TestEngineOptions } from '../engine.ts';

const report = { report: 'sales', format: 'csv' } as const;
const note = (text: string) => ({ channel: 'email', to: 'a@example.com', text }) as const;
const normal = (type: 'reports' | 'notifications') => ({ type, lane: 'normal' }) as const;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const open = (tasks: Tasks, options: Partial<TestEngineOptions> = {}) =>
  createTestEngine({ clock: Date.now, tasks, random: () => 0.5, ...options });

/** Until the task's signal aborts; then it fails as an aborted fetch does. */
const untilAborted = ({ signal }: Pick<TaskContext, 'signal'>) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

describe('a job', () => {
  it('is done by the function of its type, with its payload as the schema gives it', async () => {
    const { jobs, deliver, memory } = await open({
      reports: async (payload, { id, tenant, attempt }) => ({ payload, id, tenant, attempt }),
    });
    const id = idOf(await jobs.enqueue('reports', report, { tenant: 'acme' }));
    expect(await deliver('reports')).toMatchObject({ failed: [] });
    expect(await jobs.get(id)).toMatchObject({
      state: 'succeeded',
      result: { payload: { ...report, parameters: {} }, id, tenant: 'acme', attempt: 1 },
    });
    expect(await memory.depths(normal('reports'))).toMatchObject({ visible: 0, inFlight: 0, deadLetters: 0 });
  });

  it('that fails waits, and is tried again until it succeeds', async () => {
    let tries = 0;
    const { jobs, deliver } = await open({
      reports: async () => {
        tries += 1;
        if (tries < 3) throw Object.assign(new Error('the database is busy'), { code: 'DB_BUSY' });
      },
    });
    const id = idOf(await jobs.enqueue('reports', report));
    expect((await deliver('reports')).failed).toHaveLength(1);
    // Half of 30 s, then half of 60 s.
    expect(await jobs.get(id)).toMatchObject({
      state: 'failed',
      nextAttemptAt: Date.now() + 15_000,
      error: { code: 'DB_BUSY', message: 'the database is busy' },
    });
    vi.advanceTimersByTime(14_999);
    expect((await deliver('reports')).deliveries).toEqual([]);
    vi.advanceTimersByTime(1);
    await deliver('reports');
    expect(await jobs.get(id)).toMatchObject({ attempts: 2, nextAttemptAt: Date.now() + 30_000 });
    vi.advanceTimersByTime(30_000);
    await deliver('reports');
    expect(await jobs.get(id)).toMatchObject({ state: 'succeeded', attempts: 3 });
    expect(await jobs.get(id)).not.toHaveProperty('error');
  });

  it('that fails every time is dead after exactly its attempts, and its letter is written', async () => {
    let tries = 0;
    const { jobs, deliver, memory } = await open({
      reports: async () => {
        tries += 1;
        throw new Error('never');
      },
    });
    const id = idOf(await jobs.enqueue('reports', report));
    for (let i = 0; i < 10; i++) {
      await deliver('reports');
      vi.advanceTimersByTime(CATALOGUE.reports.backoff.capMs);
    }
    expect(tries).toBe(CATALOGUE.reports.attempts);
    expect(await jobs.get(id)).toMatchObject({
      state: 'dead',
      attempts: 4,
      error: { code: 'JOB_FAILED', message: 'never' },
    });
    expect(memory.receiveDead(normal('reports'))).toMatchObject([
      { body: JSON.stringify({ job: id, death: 1 }) },
    ]);
  });

  it.each([
    [
      'fails for good',
      async () => Promise.reject(new PermanentError('REPORT_UNKNOWN', 'no such report')),
      'REPORT_UNKNOWN',
    ],
    ['returns what JSON cannot say', async () => 1n, 'JOB_RESULT_INVALID'],
    ['returns too much', async () => 'x'.repeat(70_000), 'JOB_RESULT_TOO_LARGE'],
  ])('that %s is dead at once', async (_, task, code) => {
    const { jobs, deliver, memory } = await open({ reports: task });
    const id = idOf(await jobs.enqueue('reports', report));
    expect(await deliver('reports')).toMatchObject({ failed: [] });
    expect(await jobs.get(id)).toMatchObject({ state: 'dead', attempts: 1, error: { code } });
    expect(memory.receiveDead(normal('reports'))).toHaveLength(1);
  });

  it('whose row carries what the schema no longer takes is dead at once', async () => {
    const { rows, jobs, deliver, memory } = await open({ reports: async () => {} });
    const id = `reports-${'a'.repeat(24)}`;
    await rows.createMany([
      {
        ...{ id, type: 'reports', lane: 'normal', tenant: 'default', priority: 5, createdAt: Date.now() },
        ...{ payload: { kind: 'inline', json: '{"report":1}' }, fingerprint: 'x', watchAt: Date.now() },
      },
    ]);
    await memory.send(normal('reports'), { body: JSON.stringify({ job: id }), tenant: 'default' });
    await deliver('reports');
    expect(await jobs.get(id)).toMatchObject({ state: 'dead', error: { code: 'JOB_PAYLOAD_INVALID' } });
    expect(memory.receiveDead(normal('reports'))).toHaveLength(1);
  });

  it('for which no function is registered is dead, and can be tried again when there is one', async () => {
    const { jobs, deliver } = await open({});
    const id = idOf(await jobs.enqueue('reports', report));
    await deliver('reports');
    expect(await jobs.get(id)).toMatchObject({ state: 'dead', error: { code: 'JOB_TASK_MISSING' } });
  });

  it('that comes a thousand times is done once', async () => {
    let runs = 0;
    const { jobs, run, memory } = await open({
      reports: async () => {
        runs += 1;
        await Promise.resolve();
      },
    });
    const id = idOf(await jobs.enqueue('reports', report));
    const [delivery] = memory.receive(normal('reports'));
    if (!delivery) throw new Error('nothing was delivered');
    const batches = Array.from({ length: 100 }, () => Array.from({ length: 10 }, () => delivery));
    const stop = { lane: 'normal', stopAt: Number.MAX_SAFE_INTEGER } as const;
    await Promise.all(batches.map(batch => run('reports', batch, stop)));
    expect(runs).toBe(1);
    expect(await jobs.get(id)).toMatchObject({ state: 'succeeded', attempts: 1 });
  });
});

describe('a batch', () => {
  it('with one poison message does the others once, and reports the poison alone', async () => {
    const done: string[] = [];
    const { jobs, deliver, memory } = await open({
      notifications: async ({ text }) => {
        if (text === 'poison') throw new Error('cannot be sent');
        done.push(text);
      },
    });
    const texts = ['a', 'b', 'c', 'd', 'poison', 'e', 'f', 'g', 'h', 'i'];
    await jobs.enqueueMany(
      'notifications',
      texts.map(text => ({ payload: note(text) })),
    );
    const { deliveries, failed } = await deliver('notifications');
    expect(deliveries).toHaveLength(10);
    expect(failed).toHaveLength(1);
    for (let i = 0; i < 12; i++) {
      vi.advanceTimersByTime(CATALOGUE.notifications.backoff.capMs);
      await deliver('notifications');
    }
    expect(done.sort()).toEqual(texts.filter(text => text !== 'poison').sort());
    expect(memory.receiveDead(normal('notifications'))).toHaveLength(1);
    expect((await jobs.list({ type: 'notifications', state: 'dead' })).jobs).toMatchObject([{ attempts: 8 }]);
  });

  it('is worked through ten at once', async () => {
    let [now, most] = [0, 0];
    const { jobs, deliver } = await open({
      'search-indexing': async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise(resolve => setTimeout(resolve, 10));
        now -= 1;
      },
    });
    const payload = { action: 'remove', index: 'a', document: 'b', version: 1 } as const;
    await jobs.enqueueMany(
      'search-indexing',
      Array.from({ length: 35 }, () => ({ payload })),
    );
    const delivered = deliver('search-indexing', { most: 100 });
    await vi.advanceTimersByTimeAsync(50);
    expect((await delivered).deliveries).toHaveLength(35);
    expect(most).toBe(10);
  });

  it('begins nothing when its time is over, and hands back what it has', async () => {
    const { jobs, deliver, memory } = await open({ reports: async () => {} });
    const id = idOf(await jobs.enqueue('reports', report));
    expect((await deliver('reports', { stopAt: Date.now() })).failed).toHaveLength(1);
    expect(await jobs.get(id)).toMatchObject({ state: 'queued', attempts: 0 });
    expect(await memory.depths(normal('reports'))).toMatchObject({ visible: 1 });
  });
});

describe('a running job', () => {
  it('that is cancelled sees its signal within three seconds, and is not tried again', async () => {
    let abortedAt = 0;
    const { jobs, deliver } = await open({
      reports: async (_, context) => {
        context.signal.addEventListener('abort', () => {
          abortedAt = Date.now();
        });
        return untilAborted(context);
      },
    });
    const id = idOf(await jobs.enqueue('reports', report));
    const delivered = deliver('reports');
    await vi.advanceTimersByTimeAsync(2_500);
    const cancelledAt = Date.now();
    expect(await jobs.cancel(id)).toMatchObject({ kind: 'requested' });
    await vi.advanceTimersByTimeAsync(3_000);
    expect((await delivered).failed).toEqual([]);
    expect(abortedAt - cancelledAt).toBeGreaterThan(0);
    expect(abortedAt - cancelledAt).toBeLessThanOrEqual(3_000);
    expect(await jobs.get(id)).toMatchObject({ state: 'cancelled', attempts: 1 });
  });

  it('learns it at once where it writes progress', async () => {
    let aborted = false;
    const { jobs, deliver } = await open({
      reports: async (_, context) => {
        await new Promise(resolve => setTimeout(resolve, 100));
        context.progress(10);
        await untilAborted(context).catch(() => {
          aborted = true;
        });
      },
    });
    const id = idOf(await jobs.enqueue('reports', report));
    const delivered = deliver('reports');
    await vi.advanceTimersByTimeAsync(50);
    await jobs.cancel(id);
    await vi.advanceTimersByTimeAsync(60);
    await delivered;
    expect(aborted).toBe(true);
    // It ended well all the same: what is done is done.
    expect(await jobs.get(id)).toMatchObject({ state: 'succeeded' });
  });

  it('that takes too long is stopped, and that was an attempt', async () => {
    const { jobs, deliver } = await open({ notifications: (_, context) => untilAborted(context) });
    const id = idOf(await jobs.enqueue('notifications', note('x')));
    const delivered = deliver('notifications');
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await delivered).failed).toHaveLength(1);
    expect(await jobs.get(id)).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: { code: 'JOB_TIMEOUT' },
    });
  });

  it('that does not heed its signal is left behind, and what it says later counts for nothing', async () => {
    let end = () => {};
    let late: TaskContext['progress'] = () => {};
    const { jobs, deliver } = await open({
      notifications: async (_, { progress }) => {
        late = progress;
        await new Promise<void>(resolve => {
          end = resolve;
        });
      },
    });
    const id = idOf(await jobs.enqueue('notifications', note('x')));
    const delivered = deliver('notifications');
    await vi.advanceTimersByTimeAsync(35_000);
    expect((await delivered).failed).toHaveLength(1);
    late(99);
    end();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await jobs.get(id)).toMatchObject({ state: 'failed', error: { code: 'JOB_TIMEOUT' } });
    expect(await jobs.get(id)).not.toHaveProperty('progress');
  });

  it('whose function has to end is handed back, and no attempt is lost', async () => {
    const { jobs, deliver, memory } = await open({ reports: (_, context) => untilAborted(context) });
    const id = idOf(await jobs.enqueue('reports', report));
    const delivered = deliver('reports', { stopAt: Date.now() + 5_000 });
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await delivered).failed).toHaveLength(1);
    expect(await jobs.get(id)).toMatchObject({ state: 'queued', attempts: 0 });
    expect(await memory.depths(normal('reports'))).toMatchObject({ visible: 1 });
  });

  it('that is another’s by now is stopped, and left to the other', async () => {
    const { jobs, rows, deliver } = await open({ reports: (_, context) => untilAborted(context) });
    const id = idOf(await jobs.enqueue('reports', report));
    const delivered = deliver('reports');
    await vi.advanceTimersByTimeAsync(100);
    const terms = {
      now: Date.now() + 10_000_000,
      holder: 'other',
      leaseMs: 60_000,
      attempts: 9,
      perTenant: 9,
    };
    await rows.claim(id, { ...terms, watchAt: 0 });
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await delivered).failed).toHaveLength(1);
    expect(await jobs.get(id)).toMatchObject({ state: 'running', attempts: 2 });
  });

  it('writes progress once a second at most, the latest, and never backwards', async () => {
    const seen: unknown[] = [];
    const writes: number[] = [];
    const { jobs, deliver } = await open(
      {
        reports: async (_, { progress }) => {
          for (let percent = 0; percent <= 100; percent += 5) {
            progress(percent, `${percent} rows`);
            progress(percent - 1);
            await new Promise(resolve => setTimeout(resolve, 310));
          }
        },
      },
      {
        around: {
          store: store =>
            withChaos(store, {
              after(method, [, step]) {
                if (method !== 'progress') return;
                writes.push(Date.now());
                seen.push((step as { percent: number }).percent);
              },
            }),
        },
      },
    );
    const id = idOf(await jobs.enqueue('reports', report));
    const delivered = deliver('reports');
    await vi.advanceTimersByTimeAsync(2_050);
    expect((await jobs.get(id))?.progress).toMatchObject({ percent: 30, message: '30 rows' });
    await vi.advanceTimersByTimeAsync(10_000);
    await delivered;
    expect(seen).toEqual([0, 15, 30, 45, 60, 80, 95]);
    expect(writes.slice(1).map((at, index) => at - (writes[index] ?? 0))).toEqual(
      Array.from({ length: 6 }, () => 1000),
    );
  });
});

describe('a tenant', () => {
  it('runs no more at once than it may, and loses nothing by waiting', async () => {
    const { perTenant } = CATALOGUE.reports;
    let [running, most, done] = [0, 0, 0];
    const { jobs, deliver } = await open({
      reports: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(resolve => setTimeout(resolve, 1_000));
        running -= 1;
        done += 1;
      },
    });
    await jobs.enqueueMany(
      'reports',
      Array.from({ length: 9 }, () => ({ payload: report, tenant: 'acme' })),
    );
    for (let i = 0; i < 60 && done < 9; i++) {
      const delivered = deliver('reports');
      await vi.advanceTimersByTimeAsync(2_000);
      await delivered;
    }
    expect([most, done]).toEqual([perTenant, 9]);
  });
});

describe('an effect', () => {
  it('for the outside is not done again once it was done, and keeps its key where it may be', async () => {
    const sent: { idempotencyKey: string; mayRepeat: boolean }[] = [];
    let attempts = 0;
    const { jobs, deliver } = await open({
      reports: async (_, { outside }) => {
        attempts += 1;
        const first = await outside('mail', async send => {
          sent.push(send);
          if (attempts === 1) throw new Error('the connection was lost');
          return { accepted: attempts };
        });
        if (attempts === 2) throw new Error('after the mail');
        return first;
      },
    });
    const id = idOf(await jobs.enqueue('reports', report));
    for (let i = 0; i < 3; i++) {
      await deliver('reports');
      vi.advanceTimersByTime(3_600_000);
    }
    const idempotencyKey = `${id}:mail`;
    expect(sent).toEqual([
      { idempotencyKey, mayRepeat: false },
      { idempotencyKey, mayRepeat: true },
    ]);
    expect(await jobs.get(id)).toMatchObject({
      state: 'succeeded',
      attempts: 3,
      repeats: 1,
      result: { accepted: 2 },
    });
  });

  it('in Postgres needs Postgres', async () => {
    const { jobs, deliver } = await open({ reports: async (_, { once }) => once('row', async () => 1) });
    const id = idOf(await jobs.enqueue('reports', report));
    await deliver('reports');
    expect(await jobs.get(id)).toMatchObject({ state: 'dead', error: { code: 'JOB_ONCE_UNAVAILABLE' } });
  });
});

describe('a message', () => {
  it('that is none of a job goes to the dead letters as it is', async () => {
    const clock = createTestClock();
    const { deliver, memory } = await open({}, { clock });
    await memory.send(normal('reports'), { body: 'no job', tenant: 'default' });
    const body = JSON.stringify({ job: `reports-${'b'.repeat(24)}` });
    await memory.send(normal('reports'), { body, tenant: 'default' });
    expect((await deliver('reports')).failed).toEqual([]);
    clock.advance(60_000);
    expect(memory.receiveDead(normal('reports')).map(letter => letter.body)).toEqual(['no job', body]);
  });

  it('that was redriven revives its job', async () => {
    let works = false;
    const { jobs, deliver } = await open({
      reports: async () => {
        if (!works) throw new PermanentError('REPORT_UNKNOWN', 'no such report');
      },
    });
    const id = idOf(await jobs.enqueue('reports', report));
    await deliver('reports');
    expect(await jobs.get(id)).toMatchObject({ state: 'dead' });
    works = true;
    await jobs.redrive('reports', { perSecond: 10 });
    vi.advanceTimersByTime(1_000);
    await deliver('reports');
    expect(await jobs.get(id)).toMatchObject({ state: 'succeeded', attempts: 1 });
  });
});

describe('while Redis does not answer', () => {
  const down = (methods: readonly string[], where: 'before' | 'after') => {
    let times = 0;
    const trouble = {
      left: 0,
      calls: () => times,
      around: {
        store: <Store extends object>(store: Store) =>
          withChaos(store, {
            [where](method: string) {
              if (!methods.includes(method) || trouble.left <= 0) return;
              times += 1;
              trouble.left -= 1;
              throw new RedisUnavailable('no answer');
            },
          }),
      },
    };
    return trouble;
  };

  it.each(['before', 'after'] as const)('a claim (%s it) only delays the job', async where => {
    let runs = 0;
    const trouble = down(['claim'], where);
    const tasks = { reports: async () => void runs++ };
    const { jobs, deliver } = await open(tasks, { around: trouble.around });
    const id = idOf(await jobs.enqueue('reports', report));
    trouble.left = 1;
    expect((await deliver('reports')).failed).toHaveLength(1);
    expect(runs).toBe(0);
    for (let i = 0; i < 3; i++) {
      vi.advanceTimersByTime(700_000);
      await deliver('reports');
    }
    expect(runs).toBe(1);
    expect(await jobs.get(id)).toMatchObject({ state: 'succeeded' });
  });

  it('the end of an attempt is told again', async () => {
    const trouble = down(['end'], 'before');
    const { jobs, deliver } = await open({ reports: async () => 'done' }, { around: trouble.around });
    const id = idOf(await jobs.enqueue('reports', report));
    trouble.left = 3;
    const delivered = deliver('reports');
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await delivered).failed).toEqual([]);
    expect(await jobs.get(id)).toMatchObject({ state: 'succeeded', attempts: 1 });
  });

  it('and goes on not answering, the job is tried again when the lease is over', async () => {
    const trouble = down(['end'], 'before');
    const { jobs, deliver } = await open({ reports: async () => 'done' }, { around: trouble.around });
    const id = idOf(await jobs.enqueue('reports', report));
    trouble.left = 4;
    const delivered = deliver('reports');
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await delivered).failed).toHaveLength(1);
    expect(await jobs.get(id)).toMatchObject({ state: 'running' });
    vi.advanceTimersByTime(CATALOGUE.reports.timeoutMs + 15_000);
    await deliver('reports');
    expect(await jobs.get(id)).toMatchObject({ state: 'succeeded', attempts: 2 });
  });

  it('an end whose answer was lost happened once', async () => {
    let runs = 0;
    const trouble = down(['end'], 'after');
    const { jobs, deliver, memory } = await open(
      { reports: async () => void runs++ },
      { around: trouble.around },
    );
    const id = idOf(await jobs.enqueue('reports', report));
    trouble.left = 1;
    const delivered = deliver('reports');
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await delivered).failed).toHaveLength(1);
    vi.advanceTimersByTime(7_200_000);
    expect((await deliver('reports')).failed).toEqual([]);
    expect(runs).toBe(1);
    expect(await jobs.get(id)).toMatchObject({ state: 'succeeded' });
    expect(await memory.depths(normal('reports'))).toMatchObject({ visible: 0, inFlight: 0 });
  });

  it('progress and the question whether to go on are lost, and nothing else', async () => {
    const trouble = down(['progress', 'standings'], 'before');
    const { jobs, deliver } = await open(
      {
        reports: async (_, { progress }) => {
          progress(50);
          await new Promise(resolve => setTimeout(resolve, 5_000));
        },
      },
      { around: trouble.around },
    );
    const id = idOf(await jobs.enqueue('reports', report));
    trouble.left = 100;
    const delivered = deliver('reports');
    await vi.advanceTimersByTimeAsync(5_000);
    await delivered;
    expect(trouble.calls()).toBe(3);
    expect(await jobs.get(id)).toMatchObject({ state: 'succeeded' });
  });
});

describe('while SQS does not answer', () => {
  const deaf = (...methods: string[]) => ({
    queue: <Queue extends object>(queue: Queue) =>
      withChaos(queue, {
        before(method: string) {
          if (methods.includes(method)) throw new Error('no answer');
        },
      }),
  });

  it('a failed message is reported all the same, and its wait is kept by its row', async () => {
    let runs = 0;
    const { jobs, deliver } = await open(
      {
        reports: async () => {
          runs += 1;
          throw new Error('no');
        },
      },
      { around: deaf('changeVisibility'), random: () => 0.999 },
    );
    const id = idOf(await jobs.enqueue('reports', report));
    expect((await deliver('reports')).failed).toHaveLength(1);
    expect(runs).toBe(1);
    vi.advanceTimersByTime(6 * 615_000);
    await deliver('reports');
    expect(runs).toBe(2);
    expect(await jobs.get(id)).toMatchObject({ attempts: 2 });
  });

  it('a dead letter is written by whoever looks after the rows', async () => {
    let broken = true;
    const { jobs, deliver, memory, rescue } = await open(
      { reports: async () => Promise.reject(new PermanentError('REPORT_UNKNOWN', 'no')) },
      {
        around: {
          queue: queue =>
            withChaos(queue, {
              before(method) {
                if (method === 'deadLetter' && broken) throw new Error('no answer');
              },
            }),
        },
      },
    );
    const id = idOf(await jobs.enqueue('reports', report));
    expect((await deliver('reports')).failed).toEqual([]);
    expect(await jobs.get(id)).toMatchObject({ state: 'dead' });
    vi.advanceTimersByTime(61_000);
    await rescue(Date.now() + 1_000);
    expect(memory.receiveDead(normal('reports'))).toEqual([]);
    broken = false;
    vi.advanceTimersByTime(61_000);
    expect(await rescue(Date.now() + 1_000)).toMatchObject({ buried: 1 });
    expect(memory.receiveDead(normal('reports'))).toHaveLength(1);
    vi.advanceTimersByTime(61_000);
    expect(await rescue(Date.now() + 1_000)).toMatchObject({ buried: 0 });
  });

  it('a message that nobody can read stays', async () => {
    const { deliver, memory } = await open({}, { around: deaf('deadLetter') });
    await memory.send(normal('reports'), { body: 'no job', tenant: 'default' });
    expect((await deliver('reports')).failed).toHaveLength(1);
  });
});
