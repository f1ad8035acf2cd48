import { beforeEach, describe, expect, it } from 'vitest';
import { RedisUnavailable } from '../../../../shared/redis/redis.ts';
import { type ServedJobs, serveJobs } from './served-jobs.ts';

let served: ServedJobs;
beforeEach(async () => {
  served = await serveJobs();
});

const watch = (id: string, headers: Record<string, string> = {}) =>
  served.send(`GET /api/admin/jobs/${id}/events`, { headers });

/** Reads until the texts tell what is waited for. */
async function readUntil(reader: ReadableStreamDefaultReader<string>, wanted: string): Promise<string> {
  let text = '';
  while (!text.includes(wanted)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`ended before ${wanted}: ${text}`);
    text += value;
  }
  return text;
}

async function openStream(id: string) {
  const response = await watch(id);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('no stream');
  return { response, reader };
}

describe('the events of a job', () => {
  it('tell its way to the end, and end with it', async () => {
    const { id } = await served.enqueue();
    const { response, reader } = await openStream(id);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-store');
    await readUntil(reader, '"state":"queued"');
    await served.claim(id);
    await readUntil(reader, '"state":"running"');
    served.clock.advance(1_000);
    await served.progress(id, 40);
    expect(await readUntil(reader, 'event: progress')).toContain('"percent":40');
    await served.end(id, { kind: 'succeeded' });
    await readUntil(reader, '"state":"succeeded"');
    expect((await reader.read()).done).toBe(true);
  });

  it('of a job that has ended are its end', async () => {
    const { id } = await served.enqueue();
    await served.ask(`DELETE /api/admin/jobs/${id}`);
    const text = await (await watch(id)).text();
    expect(text.match(/event: /g)).toHaveLength(1);
    expect(text).toContain('"state":"cancelled"');
  });

  it('go on from Last-Event-ID, and say when nothing will follow', async () => {
    const { id } = await served.enqueue();
    await served.ask(`DELETE /api/admin/jobs/${id}`);
    const { revision } = (await served.ask(`GET /api/admin/jobs/${id}`)).body;
    const before = await watch(id, { 'last-event-id': String(revision - 1) });
    expect(await before.text()).toContain(`id: ${revision}\n`);
    expect((await watch(id, { 'last-event-id': String(revision) })).status).toBe(204);
    expect((await watch(id, { 'last-event-id': 'nonsense' })).status).toBe(200);
  });

  it('are comments while nothing happens, and end after five minutes for the reader to come back', async () => {
    const { id } = await served.enqueue();
    const begunAt = served.clock();
    const text = await (await watch(id)).text();
    expect(text.match(/event: /g)).toHaveLength(1);
    expect(text.match(/^: /gm)?.length).toBeGreaterThanOrEqual(19);
    expect(served.clock() - begunAt).toBe(300_000);
  });

  it('outlive a Redis that is away for a while', async () => {
    const { id } = await served.enqueue();
    const { reader } = await openStream(id);
    await readUntil(reader, '"state":"queued"');
    served.down.redis = new RedisUnavailable('away');
    await readUntil(reader, ': nothing new');
    served.down.redis = undefined;
    await served.ask(`DELETE /api/admin/jobs/${id}`);
    await readUntil(reader, '"state":"cancelled"');
  });

  it('are asked for no more when the reader has gone', async () => {
    const { id } = await served.enqueue();
    const { reader } = await openStream(id);
    await readUntil(reader, '"state":"queued"');
    await reader.cancel();
    const stoppedAt = served.clock();
    for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
    expect(served.clock() - stoppedAt).toBeLessThanOrEqual(1_000);
  });
});
