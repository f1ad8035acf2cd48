import { beforeEach, describe, expect, it } from 'vitest';
import { type ServedJobs, serveJobs } from './served-jobs.ts';

let served: ServedJobs;
beforeEach(async () => {
  served = await serveJobs();
});

const UNKNOWN = 'reports-0123456789abcdef01234567';
const error = { code: 'REPORT_EMPTY', message: 'no rows' };

describe('one job', () => {
  it('is shown as its row is', async () => {
    const { id } = await served.enqueue();
    await served.claim(id);
    served.clock.advance(1_000);
    await served.progress(id, 40);
    const { status, body } = await served.ask(`GET /api/admin/jobs/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id,
      state: 'running',
      attempts: 1,
      progress: { percent: 40, at: served.clock() },
    });
  });

  it('is cancelled at once where it waits, and twice is as good', async () => {
    const { id } = await served.enqueue();
    for (const _ of [1, 2]) {
      const { status, body } = await served.ask(`DELETE /api/admin/jobs/${id}`);
      expect([status, body.state]).toEqual([200, 'cancelled']);
    }
  });

  it('is told to stop where it runs', async () => {
    const { id } = await served.enqueue();
    await served.claim(id);
    const { status, body } = await served.ask(`DELETE /api/admin/jobs/${id}`);
    expect([status, body.state, body.cancelRequestedAt]).toEqual([202, 'running', served.clock()]);
  });

  it('cannot be cancelled when it has ended another way', async () => {
    const { id } = await served.enqueue();
    await served.claim(id);
    await served.end(id, { kind: 'succeeded', result: '{"rows":3}' });
    const { status, body } = await served.ask(`DELETE /api/admin/jobs/${id}`);
    expect([status, body.code, body.state]).toEqual([409, 'JOB_ENDED', 'succeeded']);
    expect((await served.ask(`GET /api/admin/jobs/${id}`)).body.result).toEqual({ rows: 3 });
  });

  it('begins anew when it is dead', async () => {
    const { id } = await served.enqueue();
    await served.claim(id);
    await served.end(id, { kind: 'dead', error });
    expect((await served.ask(`GET /api/admin/jobs/${id}`)).body).toMatchObject({ state: 'dead', error });
    const { status, body } = await served.ask(`POST /api/admin/jobs/${id}/retry`);
    expect([status, body.state, body.attempts]).toEqual([202, 'queued', 0]);
  });

  it('cannot begin anew while it is under way', async () => {
    const { id } = await served.enqueue();
    await served.claim(id);
    const { status, body } = await served.ask(`POST /api/admin/jobs/${id}/retry`);
    expect([status, body.code, body.state]).toEqual([409, 'JOB_NOT_RETRYABLE', 'running']);
  });

  it.each([
    `GET /api/admin/jobs/${UNKNOWN}`,
    `DELETE /api/admin/jobs/${UNKNOWN}`,
    'GET /api/admin/jobs/nonsense',
    'DELETE /api/admin/jobs/nonsense',
    'POST /api/admin/jobs/nonsense/retry',
    'GET /api/admin/jobs/nonsense/events',
    `POST /api/admin/jobs/${UNKNOWN}/retry`,
    `GET /api/admin/jobs/${UNKNOWN}/events`,
  ])('that is unknown is not found: %s', async route => {
    const { status, body } = await served.ask(route);
    expect([status, body.code]).toEqual([404, 'JOB_UNKNOWN']);
  });
});
