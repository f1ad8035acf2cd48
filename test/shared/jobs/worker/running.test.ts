import { describe, expect, it, vi } from 'vitest';
import type { TaskContext } from '../../../../shared/jobs/worker/task.ts';
import { withChaos } from '../../../fakes/chaos.ts';
import { idOf } from '../engine.ts';
import { normal, note, open, report, stopTheClock, untilAborted } from './given.ts';

stopTheClock();

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
