import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Loading } from '../../../../edge/proxy/loading/load.ts';
import { refresh } from '../../../../edge/proxy/loading/refresh.ts';
import { lookupOf } from '../../../../edge/proxy/lookup.ts';
import type { Stored, StoredEntry } from '../../../../edge/proxy/stored.ts';
import type { CacheReading, Levels } from '../../../../shared/cache/levels.ts';
import { computeFreshness } from '../../../../shared/http/freshness.ts';
import { PROFILES } from '../../../../shared/http/policy.ts';
import { cacheable } from '../../exchange.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const FORKS = { names: [], deadAt: 0 };
const TICKET = { mark: '', tokens: new Map(), at: 0, order: 0 };

function entryOf(receivedAt: number): StoredEntry {
  const fields = [['cache-control', 'max-age=60, stale-while-revalidate=60']] as const;
  const input = { status: 200, fields, policy: PROFILES.safe, requestedAt: receivedAt, receivedAt };
  const freshness = computeFreshness(input);
  const meta = { status: 200, fields, freshness };
  return { key: 'k', meta, body: new Uint8Array(), tags: [], deadAt: freshness.deadAt };
}

/** Stale here for a second; what Redis holds by the time it is asked again. */
function refreshing(inRedis: StoredEntry | undefined, random = 0) {
  const exchange = cacheable({});
  const stale = entryOf(Date.now() - 61_000);
  const near = { entry: stale, forks: FORKS, ticket: TICKET };
  const reading: CacheReading<Stored> = {
    lookup: lookupOf(exchange),
    found: { entry: stale, level: 'L1' },
    near,
    far: undefined,
  };
  const readShared = vi.fn(async () => ({
    ...reading,
    found: inRedis && { entry: inRedis, level: 'L2' as const },
  }));
  const cache: Partial<Levels<Stored>> = { readShared };
  const load = vi.fn(async (_: Loading) => new Response('loaded'));
  const loading: Loading = {
    exchange,
    reading,
    cache: cache as Levels<Stored>,
    entry: stale,
    reason: 'stale',
    waitUntil: () => {},
  };
  const done = refresh(loading, { clock: Date.now, random: () => random, load });
  return { done, load, readShared, stale };
}

test('the origin is asked after a moment of chance', async () => {
  const { done, load, readShared } = refreshing(undefined, 0.5);
  await vi.advanceTimersByTimeAsync(124);
  expect(readShared).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await done;
  expect(load).toHaveBeenCalledOnce();
});

test('it is not asked when another isolate was quicker', async () => {
  const { done, load } = refreshing(entryOf(Date.now()));
  await vi.advanceTimersByTimeAsync(0);
  expect(await done).toBeUndefined();
  expect(load).not.toHaveBeenCalled();
});

test.each([
  ['what is stale here, too, is asked about by what Redis has', entryOf(Date.now() - 62_000)],
  ['what Redis has lost is asked about by what is here', undefined],
])('%s', async (_, inRedis) => {
  const { done, load, stale } = refreshing(inRedis);
  await vi.advanceTimersByTimeAsync(0);
  await done;
  expect(load.mock.calls[0]?.[0].entry).toBe(inRedis ?? stale);
});
