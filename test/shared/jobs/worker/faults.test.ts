import { describe, expect, it, vi } from 'vitest';
import { CATALOGUE } from '../../../../shared/jobs/catalogue.ts';
import { PermanentError } from '../../../../shared/jobs/permanent-error.ts';
import { RedisUnavailable } from '../../../../shared/redis/redis.ts';
import { withChaos } from '../../../fakes/chaos.ts';
import { idOf } from '../engine.ts';
import { normal, open, report, stopTheClock } from './given.ts';

stopTheClock();

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
