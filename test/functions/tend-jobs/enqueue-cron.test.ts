import { describe, expect, it } from 'vitest';
import { enqueueCron } from '../../../functions/tend-jobs/enqueue-cron.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createTestEngine } from '../../shared/jobs/engine.ts';

const nightly = {
  cron: 'nightly',
  at: '2026-11-20T03:00:00Z',
  type: 'analysis',
  payload: { database: 'main' },
};

describe('a cron entry', () => {
  it('is one job for each time it was due, however often it is called', async () => {
    const { jobs } = await createTestEngine({ clock: createTestClock() });
    const first = await enqueueCron(jobs, nightly);
    expect(await enqueueCron(jobs, nightly)).toEqual(first);
    const next = await enqueueCron(jobs, { ...nightly, at: '2026-11-21T03:00:00Z' });
    expect(next).not.toEqual(first);
    expect((await jobs.list({ type: 'analysis' })).jobs).toHaveLength(2);
  });

  it('that cannot be enqueued fails, so that it is called again', async () => {
    const { jobs } = await createTestEngine({ clock: createTestClock() });
    await expect(enqueueCron(jobs, { ...nightly, payload: { database: 7 } })).rejects.toThrow(
      'JOB_PAYLOAD_INVALID',
    );
    await expect(enqueueCron(jobs, { ...nightly, type: 'unknown' })).rejects.toThrow('no type of job');
  });
});
