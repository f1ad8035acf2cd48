import { describe, expect, it, vi } from 'vitest';
import { CATALOGUE } from '../../../../shared/jobs/catalogue.ts';
import { idOf } from '../engine.ts';
import { open, report, stopTheClock } from './given.ts';

stopTheClock();

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
