/**
 * Collapsing with a clock in hand: what the flows cannot wait for, or cannot bring about.
 */

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCollapse } from '../../../../edge/proxy/loading/collapse.ts';
import { createKnownVary } from '../../../../edge/proxy/loading/known-vary.ts';
import { lookupOf } from '../../../../edge/proxy/lookup.ts';
import type { Stored } from '../../../../edge/proxy/stored.ts';
import { createLevels } from '../../../../shared/cache/levels.ts';
import { createMemoryStore } from '../../../../shared/cache/memory-store.ts';
import { cacheable, type Incoming, planOf } from '../../exchange.ts';
import { keepDepsOf } from '../../keep-deps.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const TIMEOUT_MS = 10_000;

function isolate() {
  const plan = planOf();
  const memory = createMemoryStore<Stored>({ maxBytes: 1_000_000, maxEntries: 100, clock: Date.now });
  const cache = createLevels<Stored>({ memory, onEvent: () => {} });
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
