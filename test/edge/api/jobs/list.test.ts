import { beforeEach, describe, expect, it } from 'vitest';
import { type ServedJobs, serveJobs } from './served-jobs.ts';

let served: ServedJobs;
beforeEach(async () => {
  served = await serveJobs();
});

async function enqueueSome(count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at++) {
    served.clock.advance(1);
    ids.push((await served.enqueue()).id);
  }
  return ids;
}

const idsOf = (jobs: readonly { id: string }[]) => jobs.map(({ id }) => id);

describe('the list of jobs', () => {
  it('is newest first, page by page, each job once', async () => {
    const ids = await enqueueSome(5);
    const first = (await served.ask('GET /api/admin/jobs?limit=2&type=reports')).body;
    const second = (await served.ask(`GET /api/admin/jobs?limit=2&type=reports&cursor=${first.cursor}`)).body;
    const third = (await served.ask(`GET /api/admin/jobs?limit=2&type=reports&cursor=${second.cursor}`)).body;
    expect([first, second, third].flatMap(({ jobs }) => idsOf(jobs))).toEqual(ids.toReversed());
    expect(third).not.toHaveProperty('cursor');
  });

  it('can be of one state or type', async () => {
    const [first = ''] = await enqueueSome(2);
    await served.ask(`DELETE /api/admin/jobs/${first}`);
    const cancelled = await served.ask('GET /api/admin/jobs?state=cancelled');
    expect(idsOf(cancelled.body.jobs)).toEqual([first]);
    expect((await served.ask('GET /api/admin/jobs?type=warming')).body.jobs).toEqual([]);
  });

  it.each([
    ['type=baking', 'type must be one of file-processing'],
    ['state=lost', 'state must be one of scheduled'],
    ['limit=0', 'limit must be at least 1'],
    ['limit=101', 'limit must be at most 100'],
    ['limit=x', 'limit must be a number'],
    ['colour=red', 'colour is not known here'],
    ['cursor=%00', 'cursor must be what the page before gave'],
  ])('cannot be asked for with %s', async (query, words) => {
    const { status, body } = await served.ask(`GET /api/admin/jobs?${query}`);
    expect([status, body.code]).toEqual([400, 'JOB_QUERY_INVALID']);
    expect(body.detail).toContain(words);
  });
});
