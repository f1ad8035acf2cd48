/**
 * What whoever counts is told: once for each request, by what became of it.
 */

import { expect, test } from 'vitest';
import type { UpstreamRequest } from '../../../edge/adapters/upstream.ts';
import type { Answered } from '../../../edge/proxy/answered.ts';
import { createProxy } from '../../../edge/proxy/handler.ts';
import type { Stored } from '../../../edge/proxy/stored.ts';
import { createLevels } from '../../../shared/cache/levels.ts';
import { createMemoryStore } from '../../../shared/cache/memory-store.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { type Incoming, planOf, requestOf } from '../exchange.ts';

type Origin = (request: UpstreamRequest) => Response | Promise<Response>;

function countedProxy(origin: Origin) {
  const told: Answered[] = [];
  const clock = createTestClock();
  const memory = createMemoryStore<Stored>({ maxBytes: 1_000_000, maxEntries: 100, clock });
  let answer = origin;
  const proxy = createProxy({
    plan: planOf({ routes: [{ match: '/page' }] }),
    cache: createLevels<Stored>({ memory, onEvent: () => {} }),
    send: async request => answer(request),
    clock,
    createPipe: () => new TransformStream(),
    codecs: [],
    random: () => 0,
    onAnswered: answered => told.push(answered),
  });
  const ask = async (incoming: Incoming = {}) => {
    const request = requestOf(incoming);
    const behind: Promise<unknown>[] = [];
    const response = await proxy(request, new URL(request.url), work => void behind.push(work));
    await response.text();
    await Promise.all(behind);
  };
  return { told, clock, ask, becomes: (next: Origin) => (answer = next) };
}

const page = (directives: string, status = 200) =>
  new Response(status === 304 ? null : 'page', {
    status,
    headers: { 'cache-control': directives, etag: '"1"' },
  });

const outcomes = (told: readonly Answered[]) => told.map(({ outcome, level }) => level ?? outcome);

test('a miss and the hit after it, with the route, the status and the bytes', async () => {
  const { told, clock, ask } = countedProxy(() => {
    clock.advance(40);
    return page('max-age=60');
  });
  const startedAt = clock();
  await ask();
  await ask();
  const common = { route: '/page', method: 'GET', status: 200 };
  const miss = { startedAt, totalMs: 40, lookupMs: 0, originMs: 40, outcome: 'miss', level: undefined };
  expect(told[0]).toEqual({ ...common, ...miss, bodyBytes: undefined });
  const hit = { startedAt: startedAt + 40, totalMs: 0, lookupMs: 0, originMs: undefined, outcome: 'hit' };
  expect(told[1]).toEqual({ ...common, ...hit, level: 'L1', bodyBytes: 4 });
});

test('one that is served stale is told as stale, its refresh is not told', async () => {
  const { told, clock, ask } = countedProxy(() => page('max-age=1, stale-while-revalidate=60'));
  await ask();
  clock.advance(2_000);
  await ask();
  expect(told.map(({ outcome }) => outcome)).toEqual(['miss', 'stale']);
});

test('a 304 of the origin, and an origin that fails', async () => {
  const { told, clock, ask, becomes } = countedProxy(() => page('max-age=1, stale-if-error=60'));
  await ask();
  clock.advance(2_000);
  becomes(() => page('max-age=1, stale-if-error=60', 304));
  await ask();
  clock.advance(2_000);
  becomes(() => Promise.reject(new Error('refused')));
  await ask();
  await ask({ path: '/other' });
  expect(outcomes(told)).toEqual(['miss', 'revalidated', 'stale-if-error', 'error']);
  expect(told.at(-1)).toMatchObject({ status: 502, route: '/*' });
});

test('who waited for another’s answer is told apart from who asked', async () => {
  const gate = Promise.withResolvers<void>();
  const { told, ask } = countedProxy(async () => {
    await gate.promise;
    return page('max-age=60');
  });
  const all = Promise.all([ask(), ask(), ask()]);
  gate.resolve();
  await all;
  expect(outcomes(told).sort()).toEqual(['coalesced', 'coalesced', 'miss']);
});

test('what the cache has no say in, and what nobody is asked about', async () => {
  const { told, ask } = countedProxy(() => page('max-age=60'));
  await ask({ method: 'POST', body: 'a' });
  await ask({ path: '/a%c0%ae' });
  await ask({ headers: { 'cache-control': 'only-if-cached' } });
  expect(told.map(({ outcome, status }) => [outcome, status])).toEqual([
    ['pass', 200],
    ['refused', 400],
    ['refused', 504],
  ]);
});
