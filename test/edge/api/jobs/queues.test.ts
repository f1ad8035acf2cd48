import { beforeEach, describe, expect, it } from 'vitest';
import { type ServedJobs, serveJobs } from './served-jobs.ts';

let served: ServedJobs;
beforeEach(async () => {
  served = await serveJobs();
});

const NORMAL = { type: 'reports', lane: 'normal' } as const;

describe('the queues', () => {
  it('tell of each type what waits, runs and has died, lane by lane', async () => {
    await served.enqueue();
    await served.queue.deadLetter(NORMAL, { body: '{}', tenant: 't' });
    served.clock.advance(2_000);
    const { status, body } = await served.ask('GET /api/admin/queues');
    expect(status).toBe(200);
    const reports = body.queues.find(({ type }) => type === 'reports');
    expect(reports).toMatchObject({
      states: { queued: 1, running: 0 },
      oldestQueuedMs: 2_000,
      lanes: [
        { lane: 'normal', visible: 1, inFlight: 0, delayed: 0, deadLetters: 1 },
        { lane: 'high', visible: 0, deadLetters: 0 },
      ],
    });
    expect(body.queues).toHaveLength(8);
  });

  it('that cannot be asked are said to be so', async () => {
    served.down.queue = true;
    const { status, headers, body } = await served.ask('GET /api/admin/queues');
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'JOB_QUEUE_UNAVAILABLE', '5']);
  });
});

describe('a redrive', () => {
  const redrive = 'POST /api/admin/queues/reports/redrive';

  it('begins in every lane, once at a time', async () => {
    const first = await served.ask(redrive, { body: { perSecond: 10 } });
    expect(first.status).toBe(202);
    expect(first.body).toEqual({
      type: 'reports',
      perSecond: 10,
      lanes: [
        { lane: 'normal', start: 'started' },
        { lane: 'high', start: 'started' },
      ],
    });
    const second = await served.ask(redrive, { body: { perSecond: 10 } });
    expect(second.body.lanes[0]?.start).toBe('running');
  });

  it.each([
    [redrive, {}, 400, 'REDRIVE_INVALID'],
    [redrive, { perSecond: 0 }, 400, 'REDRIVE_INVALID'],
    [redrive, { perSecond: 501 }, 400, 'REDRIVE_INVALID'],
    [redrive, { perSecond: '5' }, 400, 'REDRIVE_INVALID'],
    ['POST /api/admin/queues/baking/redrive', { perSecond: 5 }, 404, 'JOB_TYPE_UNKNOWN'],
  ])('%s with %o is refused', async (route, body, status, code) => {
    const answer = await served.ask(route, { body });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('that cannot begin says so', async () => {
    served.down.queue = true;
    const { status, body } = await served.ask(redrive, { body: { perSecond: 5 } });
    expect([status, body.code]).toEqual([503, 'JOB_QUEUE_UNAVAILABLE']);
  });
});
