import { beforeEach, describe, expect, it } from 'vitest';
import { createClient, HeadraceApiError, type JobEvent } from '../../../shared/client/client.ts';
import { type ServedJobs, serveJobs } from '../../edge/api/jobs/served-jobs.ts';

let served: ServedJobs;
beforeEach(async () => {
  served = await serveJobs();
});

/** A client whose connections can be lost. */
function watching(change: (response: Response, connection: number) => Response | Promise<Response> = r => r) {
  const asked: (string | null)[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    const connection = asked.push(new Headers(init.headers).get('last-event-id'));
    return change(await served.fetch(url, init), connection);
  };
  const { jobs } = createClient({ url: 'http://edge.test', token: served.token, fetch: fetch as never });
  return { asked, watch: (id: string) => jobs.watch(id, { reconnectMs: 1 }) };
}

const told = (event: JobEvent) => (event.kind === 'state' ? event.job.state : `${event.progress.percent} %`);

/** Moves the job on each time that something was told of it. */
async function follow(id: string, events: AsyncIterable<JobEvent>): Promise<string[]> {
  const heard: string[] = [];
  for await (const event of events) {
    heard.push(told(event));
    served.clock.advance(1_000);
    if (heard.length === 1) await served.claim(id);
    if (heard.length === 2) await served.progress(id, 40);
    if (heard.length === 3) await served.end(id, { kind: 'succeeded' });
  }
  return heard;
}

async function allOf(events: AsyncIterable<JobEvent>): Promise<JobEvent[]> {
  const all: JobEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** Ends a stream after so many bytes, as a proxy that restarts does. */
function cut(response: Response, afterBytes: number): Response {
  let left = afterBytes;
  const cutting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      controller.enqueue(chunk.subarray(0, left));
      left -= chunk.byteLength;
      if (left <= 0) controller.terminate();
    },
  });
  return new Response(response.body?.pipeThrough(cutting), response);
}

describe('watching a job', () => {
  it('tells its way to the end, and ends', async () => {
    const { id } = await served.enqueue();
    expect(await follow(id, watching().watch(id))).toEqual(['queued', 'running', '40 %', 'succeeded']);
  });

  it('goes on where a connection was lost, and tells nothing twice', async () => {
    const { id } = await served.enqueue();
    const { asked, watch } = watching((response, connection) =>
      connection < 3 ? cut(response, 700) : response,
    );
    expect(await follow(id, watch(id))).toEqual(['queued', 'running', '40 %', 'succeeded']);
    expect(asked.length).toBeGreaterThan(1);
    expect(asked[0]).toBeNull();
    expect(Number(asked.at(-1))).toBeGreaterThan(0);
  });

  it('of a job that has ended is one event', async () => {
    const { id } = await served.enqueue();
    await served.ask(`DELETE /api/admin/jobs/${id}`);
    expect((await allOf(watching().watch(id))).map(told)).toEqual(['cancelled']);
  });

  it('outlasts an edge that is away for a moment', async () => {
    const { id } = await served.enqueue();
    await served.ask(`DELETE /api/admin/jobs/${id}`);
    const { watch } = watching((response, connection) => {
      if (connection < 4) throw new TypeError('refused');
      return response;
    });
    expect((await allOf(watch(id))).map(told)).toEqual(['cancelled']);
  });

  it('gives up on an edge that stays away', async () => {
    const { asked, watch } = watching(() => {
      throw new TypeError('refused');
    });
    await expect(allOf(watch('x'))).rejects.toBeInstanceOf(HeadraceApiError);
    expect(asked).toHaveLength(5);
  });

  it('of a job that is unknown is refused at once', async () => {
    const { asked, watch } = watching();
    await expect(allOf(watch('reports-0123456789abcdef01234567'))).rejects.toMatchObject({
      code: 'JOB_UNKNOWN',
    });
    expect(asked).toHaveLength(1);
  });

  it('ends when its caller ends it', async () => {
    const { id } = await served.enqueue();
    const { jobs } = createClient({
      url: 'http://edge.test',
      token: served.token,
      fetch: served.fetch as never,
    });
    const controller = new AbortController();
    const events = jobs.watch(id, { signal: controller.signal, reconnectMs: 60_000 })[Symbol.asyncIterator]();
    expect((await events.next()).done).toBe(false);
    controller.abort(new Error('enough'));
    await expect(events.next()).rejects.toThrow('enough');
  });
});
