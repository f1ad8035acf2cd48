import { type ExecutionContext, Hono } from 'hono';
import { expect, test } from 'vitest';
import { purge } from '../../../edge/api/purge.ts';
import type { PlatformContext } from '../../../edge/platform.ts';
import type { PurgeOutcome } from '../../../shared/cache/levels-purge.ts';
import { planOf } from '../exchange.ts';

type Outcome = PurgeOutcome['shared'];

function purging(shared: Outcome = 'purged', searched: Outcome = shared, platform: PlatformContext = {}) {
  const purged: [readonly string[], boolean][] = [];
  const cache = {
    purge: async (tags: readonly string[], { soft }: { soft: boolean }) => {
      purged.push([tags, soft]);
      return { shared };
    },
    purgeLike: async () => ({ shared: searched, tags: 3, complete: false }),
  };
  const { routes } = planOf({ routes: [{ match: '/list', key: { query: ['page'] } }] });
  const app = new Hono().post('/purge', purge({ cache, createId: () => 'id-1', routes }));
  const send = (body: unknown) =>
    app.request(
      'http://shop.example/purge',
      { method: 'POST', body: JSON.stringify(body) },
      {},
      contextOf(platform),
    );
  return { purged, send };
}

const contextOf = (platform: PlatformContext): ExecutionContext =>
  Object.assign({ waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} }, platform);

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
  expect(purged).toEqual([
    [
      [
        ',//shop.example/list?page=2',
        ',n//shop.example/list',
        ',//shop.example//evil.example/a',
        ',n//shop.example//evil.example/a',
      ],
      false,
    ],
  ]);
});

test('Redis out of reach is said, and when to try again', async () => {
  const response = await purging('unreachable').send({ tags: ['a'] });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await response.json()).toMatchObject({ code: 'CACHE_PURGE_INCOMPLETE' });
});

test('what had to be searched for is told, and that the search was cut', async () => {
  const answer = await (await purging().send({ patterns: ['/a*', '/b/*'] })).json();
  expect(answer).toMatchObject({ purged: 2, found: 3, complete: false });
});

test('a search that Redis did not answer is incomplete', async () => {
  expect((await purging('purged', 'unreachable').send({ patterns: ['/a*'] })).status).toBe(503);
});

test('the cache in front is told after the levels, and said', async () => {
  const order: string[] = [];
  const cache = {
    purge: async () => {
      order.push('front');
      return { success: true };
    },
  };
  const { send, purged } = purging('purged', 'purged', { cache });
  const answer = await (await send({ everything: true })).json();
  expect(answer).toMatchObject({ purged: 1, tiers: { cdn: 'purged' } });
  expect([purged, order]).toEqual([[[[',*'], false]], ['front']]);
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
