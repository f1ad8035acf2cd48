import { beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { type Client, createClient } from '../../../shared/client/client.ts';
import { REPORT, type ServedJobs, serveJobs } from '../../edge/api/jobs/served-jobs.ts';

let served: ServedJobs;
let jobs: Client['jobs'];
beforeEach(async () => {
  served = await serveJobs();
  jobs = createClient({
    url: 'http://edge.test',
    token: served.token,
    fetch: served.fetch as typeof fetch,
  }).jobs;
});

describe('the jobs of a client', () => {
  it('are enqueued with what their type carries, once for each key', async () => {
    const job = await jobs.enqueue('reports', REPORT, {
      priority: 9,
      tenant: 'acme',
      idempotencyKey: 'a "b"',
    });
    expect(job).toMatchObject({ state: 'queued', lane: 'high', tenant: 'acme' });
    served.clock.advance(1);
    const again = await jobs.enqueue('reports', REPORT, { tenant: 'acme', idempotencyKey: 'a "b"' });
    expect(again.id).toBe(job.id);
  });

  it('take only the payload of their type', () => {
    type Payload<Type extends 'reports' | 'warming'> = Parameters<typeof jobs.enqueue<Type>>[1];
    expectTypeOf<typeof REPORT>().toExtend<Payload<'reports'>>();
    expectTypeOf<typeof REPORT>().not.toExtend<Payload<'warming'>>();
  });

  it('are listed, seen, cancelled and begun anew', async () => {
    const { id } = await jobs.enqueue('reports', REPORT);
    expect((await jobs.list({ type: 'reports', limit: 1 })).jobs).toMatchObject([{ id }]);
    expect((await jobs.cancel(id)).state).toBe('cancelled');
    expect((await jobs.retry(id)).state).toBe('queued');
    expect((await jobs.get(id)).state).toBe('queued');
  });

  it('have queues that can be seen and redriven', async () => {
    expect((await jobs.queues()).map(({ type }) => type)).toContain('reports');
    expect(await jobs.redrive('reports', 5)).toMatchObject({
      perSecond: 5,
      lanes: [{ start: 'started' }, {}],
    });
  });

  it('are refused with the code of the edge', async () => {
    await expect(jobs.get('reports-0123456789abcdef01234567')).rejects.toMatchObject({ code: 'JOB_UNKNOWN' });
    const wrong = jobs.enqueue('reports', { report: 'sales' } as never);
    await expect(wrong).rejects.toMatchObject({ status: 400, code: 'JOB_PAYLOAD_INVALID' });
  });
});
