/**
 * Collapsing with a clock in hand: what the flows cannot wait for, or cannot bring about.
 */

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCollapse } from '../../../../edge/proxy/loading/collapse.ts';
import { PATIENCE_MS } from '../../../../edge/proxy/loading/flights.ts';
import { createKnownVary } from '../../../../edge/proxy/loading/known-vary.ts';
import { lookupOf } from '../../../../edge/proxy/lookup.ts';
import type { Stored } from '../../../../edge/proxy/stored.ts';
import { createLevels } from '../../../../shared/cache/levels.ts';
import { createMemoryStore } from '../../../../shared/cache/memory-store.ts';
import { createRedisStore } from '../../../../shared/cache/redis-store.ts';
import { randomId } from '../../../../shared/primitives/ids.ts';
import { type Redis, RedisUnavailable } from '../../../../shared/redis/redis.ts';
import { withChaos } from '../../../fakes/chaos.ts';
import { createEngineRedis } from '../../../fakes/engine-redis.ts';
import { cacheable, type Incoming, planOf } from '../../exchange.ts';
import { keepDepsOf } from '../../keep-deps.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const TIMEOUT_MS = 10_000;

function isolate(redis?: Redis) {
  const plan = planOf();
  const memory = createMemoryStore<Stored>({ maxBytes: 1_000_000, maxEntries: 100, clock: Date.now });
  const onEvent = () => {};
  const deps = redis && { redis, clock: Date.now, createId: randomId, onEvent };
  const shared = deps && createRedisStore<Stored>(deps, { keyPrefix: 'p', tagsTtlMs: 0 });
  const cache = createLevels<Stored>({ memory, shared, onEvent });
  const atOrigin: PromiseWithResolvers<Response>[] = [];
  const loadTogether = createCollapse({
    send: () => {
      const asked = Promise.withResolvers<Response>();
      atOrigin.push(asked);
      return asked.promise;
    },
    clock: Date.now,
    ...keepDepsOf(plan),
    knownVary: createKnownVary(),
    random: () => 0,
  });
  return {
    atOrigin,
    async ask(incoming: Incoming = {}) {
      const exchange = cacheable(incoming, plan);
      const reading = await cache.read(lookupOf(exchange));
      const response = await loadTogether({
        exchange,
        reading,
        cache,
        reason: 'uri-miss',
        waitUntil: () => {},
      });
      return { text: await response.text(), told: response.headers.get('cache-status') };
    },
  };
}

const page = (headers: Record<string, string> = { 'cache-control': 'max-age=60' }) =>
  new Response('page', { headers });
const turn = () => vi.advanceTimersByTimeAsync(0);

describe('a leader that is never heard of again', () => {
  test('keeps a follower no longer than the origin may take, then it asks for itself', async () => {
    const { ask, atOrigin } = isolate();
    // Cut off together with its deadline.
    void ask();
    await turn();
    vi.clearAllTimers();
    const following = ask();
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS + 1_999);
    expect(atOrigin).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(atOrigin).toHaveLength(2);
    atOrigin[1]?.resolve(page());
    expect((await following).text).toBe('page');
  });

  test('is waited for by nobody any more after a minute', async () => {
    const { ask, atOrigin } = isolate();
    void ask();
    await turn();
    vi.clearAllTimers();
    vi.advanceTimersByTime(60_001);
    void ask();
    await turn();
    expect(atOrigin).toHaveLength(2);
  });
});

describe('a body that takes its time', () => {
  const many = (ask: ReturnType<typeof isolate>['ask']) =>
    Promise.all(Array.from({ length: 20 }, () => ask()));

  test('sends few of those who wait to the origin, not all of them, and its end is for all', async () => {
    const { ask, atOrigin } = isolate();
    const asking = many(ask);
    await turn();
    const body = new TransformStream<Uint8Array>();
    const writer = body.writable.getWriter();
    atOrigin[0]?.resolve(new Response(body.readable, { headers: { 'cache-control': 'max-age=60' } }));
    void writer.write(new TextEncoder().encode('pa'));
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    expect(atOrigin).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    expect(atOrigin).toHaveLength(4);
    void writer.write(new TextEncoder().encode('ge'));
    void writer.close();
    await turn();
    for (const { resolve } of atOrigin.slice(1)) resolve(page());
    const replies = await asking;
    expect(new Set(replies.map(({ text }) => text))).toEqual(new Set(['page']));
    expect(replies.filter(({ told }) => told?.includes('collapsed'))).toHaveLength(16);
  });

  test('is overtaken by who has it sooner, for all who still wait', async () => {
    const { ask, atOrigin } = isolate();
    const asking = many(ask);
    await turn();
    const never = new TransformStream<Uint8Array>();
    atOrigin[0]?.resolve(new Response(never.readable, { headers: { 'cache-control': 'max-age=60' } }));
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    atOrigin[1]?.resolve(page());
    await turn();
    void never.writable.close();
    const replies = await asking;
    expect(atOrigin).toHaveLength(2);
    expect(replies.filter(({ text }) => text === 'page')).toHaveLength(19);
  });
});

test('who could ask Redis, and whose leader could not, asks together once more', async () => {
  const isDown = vi.fn(() => false).mockReturnValueOnce(true);
  const redis = withChaos<Redis>(await createEngineRedis(Date.now), {
    before: () => isDown() && Promise.reject(new RedisUnavailable('late')),
  });
  const { ask, atOrigin } = isolate(redis);
  const asking = Promise.all(Array.from({ length: 20 }, () => ask()));
  // A script that Redis does not know yet is sent again with its text.
  await vi.waitFor(() => expect(isDown).toHaveBeenCalledTimes(1 + 19 * 2));
  expect(atOrigin).toHaveLength(1);
  await turn();
  atOrigin[0]?.resolve(page());
  await vi.waitFor(() => expect(atOrigin).toHaveLength(2));
  atOrigin[1]?.resolve(page());
  expect(new Set((await asking).map(({ text }) => text))).toEqual(new Set(['page']));
  expect(atOrigin).toHaveLength(2);
});

test('an error of the origin does not stop the next ones from asking together', async () => {
  const { ask, atOrigin } = isolate();
  const failing = ask();
  await turn();
  atOrigin[0]?.resolve(new Response('down', { status: 503 }));
  await failing;
  const both = [ask(), ask()];
  await turn();
  expect(atOrigin).toHaveLength(2);
  atOrigin[1]?.resolve(page());
  expect((await Promise.all(both)).map(({ told }) => told?.includes('collapsed'))).toEqual([false, true]);
});

test('a page that was not kept is asked for one by one, until it is kept again', async () => {
  const { ask, atOrigin } = isolate();
  const first = ask();
  await turn();
  atOrigin[0]?.resolve(page({ 'cache-control': 'no-store' }));
  await first;
  const apart = [ask(), ask()];
  await turn();
  expect(atOrigin).toHaveLength(3);
  atOrigin[1]?.resolve(page());
  atOrigin[2]?.resolve(page());
  await Promise.all(apart);
  vi.advanceTimersByTime(60_000);
  const together = [ask(), ask()];
  await turn();
  expect(atOrigin).toHaveLength(4);
  atOrigin[3]?.resolve(page());
  await Promise.all(together);
});

test('who read before the answer was stored, and comes to ask after, finds it', async () => {
  const { ask, atOrigin } = isolate();
  const leading = ask();
  const late = ask();
  await turn();
  atOrigin[0]?.resolve(page());
  await Promise.all([leading, late]);
  expect(atOrigin).toHaveLength(1);
});

test('a HEAD waits for nobody when nobody asks, and nobody waits for it', async () => {
  const { ask, atOrigin } = isolate();
  const asking = [ask({ method: 'HEAD' }), ask()];
  await turn();
  expect(atOrigin).toHaveLength(2);
  for (const { resolve } of atOrigin) resolve(page());
  await Promise.all(asking);
});
