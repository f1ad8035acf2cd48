import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { countPurges } from '../../../edge/monitoring/count-purges.ts';
import { createRegistry } from '../../../shared/monitoring/registry.ts';

test.each([
  [202, 'done'],
  [400, 'refused'],
  [413, 'refused'],
  [503, 'incomplete'],
])('a purge answered with %i is %s, and its answer goes on', async (status, result) => {
  const registry = createRegistry();
  const app = new Hono().post(
    '/',
    countPurges(() => new Response('answer', { status }), registry),
  );
  const response = await app.request('/', { method: 'POST' });
  expect([response.status, await response.text()]).toEqual([status, 'answer']);
  expect([...registry.take()]).toEqual([[`edge_purges_total{result="${result}"}`, 'c1']]);
});

test.each([
  ['{"everything":true}', 202, 1],
  ['{"everything":true}', 503, 0],
  ['{"urls":["/a"]}', 202, 0],
  ['everything', 202, 0],
])('a purge of %s that is answered with %i keeps alarms quiet %i times', async (body, status, times) => {
  const registry = createRegistry();
  const purge = countPurges(async ({ req }) => {
    await req.text();
    return new Response(null, { status });
  }, registry);
  await new Hono().post('/', purge).request('/', { method: 'POST', body });
  expect(
    [...registry.take().keys()].filter(name => name === 'edge_quiet_total{reason="purge"}'),
  ).toHaveLength(times);
});
