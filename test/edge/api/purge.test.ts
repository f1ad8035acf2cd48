import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { purge } from '../../../edge/api/purge.ts';
import type { PurgeOutcome } from '../../../shared/cache/levels.ts';
import { planOf } from '../exchange.ts';

function purging(shared: PurgeOutcome['shared'] = 'purged') {
  const purged: [readonly string[], boolean][] = [];
  const cache = {
    purge: async (tags: readonly string[], { soft }: { soft: boolean }) => {
      purged.push([tags, soft]);
      return { shared };
    },
  };
  const { routes } = planOf({ routes: [{ match: '/list', key: { query: ['page'] } }] });
  const app = new Hono().post('/purge', purge({ cache, createId: () => 'id-1', routes }));
  const send = (body: unknown) =>
    app.request('http://shop.example/purge', { method: 'POST', body: JSON.stringify(body) });
  return { purged, send };
}

test('tags are purged as they are, each once', async () => {
  const { purged, send } = purging();
  const response = await send({ tags: ['a', 'b', 'a'], soft: true });
  expect([response.status, await response.json()]).toEqual([
    202,
    { id: 'id-1', soft: true, purged: 3, tiers: { redis: 'purged', isolate: 'purged', cdn: 'absent' } },
  ]);
  expect(purged).toEqual([[['a', 'b'], true]]);
});

test('URLs are purged by what requests for them carry, each once', async () => {
  const { purged, send } = purging();
  await send({ urls: ['/list?x=1&page=2', 'https://SHOP.example:443/list?page=2#top', '/\\evil.example/a'] });
  expect(purged).toEqual([[[',//shop.example/list?page=2', ',//shop.example//evil.example/a'], false]]);
});

test('Redis out of reach is said, and when to try again', async () => {
  const response = await purging('unreachable').send({ tags: ['a'] });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await response.json()).toMatchObject({ code: 'CACHE_PURGE_INCOMPLETE' });
});

test.each([
  [{ urls: Array(1_001).fill('/a') }, 413],
  [{ urls: Array(1_000).fill('/a') }, 202],
  [{ tags: [] }, 400],
  [{ tags: ['a'], urls: ['/a'] }, 400],
])('a body at the border: %#', async (body, status) => {
  const { purged, send } = purging();
  expect((await send(body)).status).toBe(status);
  expect(purged).toHaveLength(status === 202 ? 1 : 0);
});
