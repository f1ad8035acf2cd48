import { describe, expect, it } from 'vitest';
import { createPostgresOutbox } from '../../../functions/adapters/outbox/postgres-outbox.ts';
import { createLook } from '../../../functions/watch-alerts/look.ts';
import { lookAtHealth } from '../../../functions/watch-alerts/look-at-health.ts';
import { seenJobsOf } from '../../../functions/watch-alerts/look-at-jobs.ts';
import { lookAtOutbox } from '../../../functions/watch-alerts/look-at-outbox.ts';
import { readInfo } from '../../../functions/watch-alerts/look-at-redis.ts';

const NOTHING = { redis: undefined, database: undefined, outboxLagMs: undefined };

describe('looking', () => {
  it('goes on where one part cannot be seen, and says so', async () => {
    const logged: object[] = [];
    const broken = async () => Promise.reject(new Error('down'));
    const look = createLook({ ...NOTHING, jobs: broken, failedChecks: async () => 2 }, entry =>
      logged.push(entry),
    );
    expect(await look()).toEqual({ failedChecks: 2 });
    expect(logged).toEqual([expect.objectContaining({ part: 'jobs', error: 'down' })]);
  });

  it.each([
    [{ status: 'healthy', score: 100, checks: { edge: { status: 'healthy' } } }, 200, 0],
    [
      {
        status: 'degraded',
        score: 50,
        checks: { edge: { status: 'healthy' }, redis: { status: 'degraded', reason: 'x' } },
      },
      200,
      1,
    ],
    [{ status: 'degraded', score: 0, checks: {} }, 503, 1],
    [{ hello: 'world' }, 200, 1],
  ])('counts the checks that fail of %j', async (body, status, failed) => {
    const asked: string[] = [];
    const fetch = async (url: string) => {
      asked.push(url);
      return Response.json(body, { status });
    };
    expect(await lookAtHealth(fetch, { edgeUrl: 'https://e.org', base: '/hr' })).toBe(failed);
    expect(asked).toEqual(['https://e.org/hr/api/performance/health']);
  });

  it('takes an edge that is silent for one check that fails', async () => {
    expect(
      await lookAtHealth(() => Promise.reject(new TypeError('no')), { edgeUrl: 'https://e.org', base: '' }),
    ).toBe(1);
  });

  it('sees how long a change of the database waits, and nothing where no table is watched', async () => {
    const asked = (isThere: boolean) => ({
      query: async (sql: string) =>
        /to_regclass/.test(sql) ? { rows: [{ there: isThere }] } : { rows: [{ changes: 3, lagMs: 61_000 }] },
    });
    expect(await lookAtOutbox(createPostgresOutbox(asked(true)))).toBe(61_000);
    expect(await lookAtOutbox(createPostgresOutbox(asked(false)))).toBeUndefined();
  });

  it.each([
    ['used_memory:850\r\nmaxmemory:1000\r\nevicted_keys:7\r\n', { memoryRatio: 0.85, evictedKeys: 7 }],
    ['used_memory:850\nmaxmemory:0\n', { memoryRatio: undefined, evictedKeys: 0 }],
    ['', { memoryRatio: undefined, evictedKeys: 0 }],
  ])('reads INFO %j', (text, seen) => expect(readInfo(text)).toEqual(seen));

  it('adds up the dead letters of all lanes', () => {
    const lane = { visible: 0, inFlight: 0, delayed: 0, concurrency: 2 };
    const states = { scheduled: 0, queued: 5, running: 1, failed: 2, succeeded: 9, cancelled: 1, dead: 3 };
    const report = {
      type: 'reports',
      states,
      oldestQueuedMs: 1_500,
      lanes: [
        { ...lane, lane: 'normal', deadLetters: 2 },
        { ...lane, lane: 'high', deadLetters: 1 },
      ],
    };
    expect(seenJobsOf([report as Parameters<typeof seenJobsOf>[0][number]])).toEqual([
      {
        type: 'reports',
        waiting: 5,
        oldestMs: 1_500,
        deadLetters: 3,
        ended: { succeeded: 9, cancelled: 1, dead: 3 },
      },
    ]);
  });
});
