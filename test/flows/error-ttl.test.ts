import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;

beforeAll(async () => {
  flow = await startFlow({
    config: { routes: [{ match: '/*', errorTtl: { 404: '1m', 405: '1m', 410: '0s', 503: '2s' } }] },
  });
});
afterAll(() => flow.stop());

async function secondReply(status: number, headers: Record<string, string> = {}) {
  const page = flow.origin.page({ status, headers, body: 'no' });
  await flow.ask(page.path);
  const reply = await flow.ask(page.path);
  expect(reply.status).toBe(status);
  return reply.cacheStatus;
}

test('an error is kept for as long as the route says, without and against the origin’s word', async () => {
  expect(await secondReply(404)).toMatch(/^hit; ttl=(59|60); detail=L1$/);
  expect(await secondReply(404, { 'cache-control': 'max-age=3600' })).toMatch(/^hit; ttl=(59|60);/);
  expect(await secondReply(503)).toMatch(/^hit; ttl=[12];/);
});

test('0s keeps none, and what is for one user, or may be provoked by one, is never kept', async () => {
  expect(await secondReply(410, { 'cache-control': 'max-age=60' })).toMatch(/^fwd=/);
  expect(await secondReply(404, { 'cache-control': 'private' })).toMatch(/^fwd=/);
  expect(await secondReply(404, { 'cache-control': 'no-store' })).toMatch(/^fwd=/);
  expect(await secondReply(405)).toMatch(/^fwd=/);
});
