import { describe, expect, it, vi } from 'vitest';
import { CATALOGUE } from '../../../../shared/jobs/catalogue.ts';
import { PermanentError } from '../../../../shared/jobs/permanent-error.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { idOf } from '../engine.ts';
import { normal, note, open, report, stopTheClock } from './given.ts';

stopTheClock();

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
