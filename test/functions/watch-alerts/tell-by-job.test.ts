import { describe, expect, it } from 'vitest';
import { createTellByJob, readRoutes } from '../../../functions/watch-alerts/tell-by-job.ts';
import type { Enqueued, EnqueueOptions } from '../../../shared/jobs/jobs.ts';
import type { AlertEvent } from '../../../shared/monitoring/alerts/transitions.ts';

const FIRED: AlertEvent = {
  id: 'server-errors-severe',
  kind: 'fired',
  at: 1_000,
  firedAt: 1_000,
  value: 7.25,
};
const ROUTES = readRoutes('warning chat ops; page pager oncall;');

function jobs(outcome: Enqueued['kind'] | 'JOB_STORE_UNAVAILABLE' | 'JOB_PAYLOAD_INVALID' = 'accepted') {
  const taken: { readonly payload: Record<string, unknown>; readonly options: EnqueueOptions | undefined }[] =
    [];
  const enqueue = async (_: string, payload: object, options?: EnqueueOptions) => {
    taken.push({ payload: { ...payload }, options });
    return (
      outcome.startsWith('JOB') ? { kind: 'refused', code: outcome, detail: '' } : { kind: outcome, job: {} }
    ) as Enqueued;
  };
  return { taken, enqueue: enqueue as Parameters<typeof createTellByJob>[0]['enqueue'] };
}

describe('telling by jobs', () => {
  it('tells each target whose severity it is, once by its key', async () => {
    const { taken, enqueue } = jobs();
    expect(await createTellByJob({ enqueue }, ROUTES, 'https://e.org/#')(FIRED)).toBe(true);
    expect(
      taken.map(({ payload, options }) => [payload.channel, payload.to, options?.idempotencyKey]),
    ).toEqual([
      ['chat', 'ops', 'alert-server-errors-severe-1000-fired-ops'],
      ['pager', 'oncall', 'alert-server-errors-severe-1000-fired-oncall'],
    ]);
    expect(taken[0]?.payload).toMatchObject({
      subject: '[PAGE] server-errors-severe',
      text: 'More than 5 % of answers are 5xx. It is 7.25 %; at most 5 % is right. What to do: https://e.org/#server-errors-severe',
      alert: { id: 'server-errors-severe', state: 'fired', severity: 'page' },
    });
  });

  it('wakes nobody for what can wait', async () => {
    const { taken, enqueue } = jobs();
    await createTellByJob({ enqueue }, ROUTES, '#')({ ...FIRED, id: 'server-errors' });
    await createTellByJob({ enqueue }, ROUTES, '#')({ ...FIRED, id: 'cpu' });
    expect(taken.map(({ payload }) => payload.to)).toEqual(['ops']);
  });

  it('says when it is over, and how long it lasted', async () => {
    const { taken, enqueue } = jobs();
    await createTellByJob({ enqueue }, ROUTES, '#')({ ...FIRED, kind: 'recovered', at: 301_000 });
    expect(taken[0]?.payload).toMatchObject({
      subject: '[OVER] server-errors-severe',
      text: expect.stringContaining('after 5 minutes'),
    });
  });

  it('is told again only of what another try may take', async () => {
    const tell = (outcome: Parameters<typeof jobs>[0]) => createTellByJob(jobs(outcome), ROUTES, '#')(FIRED);
    expect([
      await tell('existing'),
      await tell('JOB_STORE_UNAVAILABLE'),
      await tell('JOB_PAYLOAD_INVALID'),
    ]).toEqual([true, false, true]);
  });

  it.each(['loud chat ops', 'page fax ops', 'page chat', 'page chat ops now'])('refuses the route %s', text =>
    expect(() => readRoutes(text)).toThrow(`NOTIFY_ROUTES: '${text}'`),
  );
});
