import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PermanentError } from '../../../../shared/jobs/permanent-error.ts';
import { Postponed } from '../../../../shared/jobs/postponed.ts';
import type { Tasks } from '../../../../shared/jobs/worker/task.ts';
import { createTestEngine, idOf } from '../engine.ts';

const report = { report: 'sales', format: 'csv' } as const;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const open = (tasks: Tasks) => createTestEngine({ clock: Date.now, tasks, random: () => 0.5 });

describe('a task that postpones itself', () => {
  it('comes back after that time, far more often than it has attempts, and none is counted', async () => {
    let runs = 0;
    const { jobs, deliver } = await open({
      reports: async (_, { attempt }) => {
        runs += 1;
        if (runs <= 20) throw new Postponed(30_000, 'waits', { result: { runs } });
        return { runs, attempt };
      },
    });
    const id = idOf(await jobs.enqueue('reports', report));
    for (let run = 1; run <= 20; run++) {
      expect(await deliver('reports')).toMatchObject({ deliveries: [{ receives: 1 }], failed: [] });
      expect(await jobs.get(id)).toMatchObject({
        state: 'scheduled',
        attempts: 0,
        runAt: Date.now() + 30_000,
        result: { runs: run },
      });
      expect((await deliver('reports')).deliveries).toEqual([]);
      vi.advanceTimersByTime(30_000);
    }
    await deliver('reports');
    expect(await jobs.get(id)).toMatchObject({
      state: 'succeeded',
      attempts: 1,
      result: { runs: 21, attempt: 1 },
    });
  });

  it('for longer than a queue can wait is not begun before its time', async () => {
    let runs = 0;
    const { jobs, deliver } = await open({
      reports: async () => {
        runs += 1;
        if (runs === 1) throw new Postponed(40 * 60_000, 'waits');
      },
    });
    const id = idOf(await jobs.enqueue('reports', report));
    await deliver('reports');
    vi.advanceTimersByTime(15 * 60_000);
    await deliver('reports');
    expect(runs).toBe(1);
    vi.advanceTimersByTime(25 * 60_000);
    await deliver('reports');
    expect(await jobs.get(id)).toMatchObject({ state: 'succeeded' });
  });

  it('can be cancelled while it waits', async () => {
    const { jobs, deliver } = await open({ reports: () => Promise.reject(new Postponed(60_000, 'waits')) });
    const id = idOf(await jobs.enqueue('reports', report));
    await deliver('reports');
    await jobs.cancel(id);
    vi.advanceTimersByTime(60_000);
    expect(await deliver('reports')).toMatchObject({ failed: [] });
    expect(await jobs.get(id)).toMatchObject({ state: 'cancelled' });
  });
});

describe('what a task tells with its error', () => {
  it('stands in the row of a failed and of a dead job, and goes when it begins anew', async () => {
    const errors = [
      Object.assign(new Error('half'), { code: 'HALF', result: { done: 1 } }),
      new PermanentError('NONE', 'no more', { result: { done: 2 } }),
    ];
    const { jobs, deliver } = await open({
      reports: async () => {
        const error = errors.shift();
        if (error) throw error;
      },
    });
    const id = idOf(await jobs.enqueue('reports', report));
    await deliver('reports');
    expect(await jobs.get(id)).toMatchObject({ state: 'failed', result: { done: 1 } });
    vi.advanceTimersByTime(60_000);
    await deliver('reports');
    expect(await jobs.get(id)).toMatchObject({ state: 'dead', error: { code: 'NONE' }, result: { done: 2 } });
    await jobs.retry(id);
    await deliver('reports');
    expect(await jobs.get(id)).toMatchObject({ state: 'succeeded' });
    expect(await jobs.get(id)).not.toHaveProperty('result');
  });
});
