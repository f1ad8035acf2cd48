import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLeasedLoad } from '../../../../edge/proxy/loading/leased-load.ts';
import type { Loading } from '../../../../edge/proxy/loading/load.ts';
import { lookupOf } from '../../../../edge/proxy/lookup.ts';
import type { Stored } from '../../../../edge/proxy/stored.ts';
import type { CacheReading, Levels } from '../../../../shared/cache/levels.ts';
import { computeFreshness } from '../../../../shared/http/freshness.ts';
import { PROFILES } from '../../../../shared/http/policy.ts';
import { cacheable } from '../../exchange.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const TICKET = { mark: '', tokens: new Map(), at: 0, order: 0 };
const NOTHING = { entry: undefined, forks: { names: [], deadAt: 0 }, ticket: TICKET };
const FIELDS = [['cache-control', 'max-age=60']] as const;

function situation(taken: boolean[], { isRedisThere = true, storedFrom = Number.POSITIVE_INFINITY } = {}) {
  const exchange = cacheable({});
  const lookup = lookupOf(exchange);
  const reading: CacheReading<Stored> = {
    lookup,
    found: undefined,
    near: NOTHING,
    far: isRedisThere ? NOTHING : undefined,
  };
  const now = Date.now();
  const freshness = computeFreshness({
    status: 200,
    fields: FIELDS,
    policy: PROFILES.safe,
    requestedAt: now,
    receivedAt: now,
  });
  const entry = {
    key: lookup.base,
    meta: { status: 200, fields: FIELDS, freshness },
    body: new TextEncoder().encode('stored'),
    tags: [],
    deadAt: freshness.deadAt,
  };
  let looks = 0;
  const cache: Partial<Levels<Stored>> = {
    readShared: async () => ({
      ...reading,
      found: ++looks >= storedFrom ? { entry, level: 'L2' } : undefined,
    }),
  };
  const giveBack = vi.fn(async () => {});
  const take = vi.fn(async () => (taken.shift() ? giveBack : undefined));
  const load = vi.fn(async () => new Response('loaded'));
  const onOutcome = vi.fn();
  const loading: Loading = {
    exchange,
    reading,
    cache: cache as Levels<Stored>,
    reason: 'uri-miss',
    waitUntil: () => {},
    onOutcome,
  };
  const leased = createLeasedLoad(load, { leases: { take }, random: () => 0, clock: Date.now });
  const text = leased(loading, 'key').then(response => response.text());
  return { text, take, load, giveBack, onOutcome, looks: () => looks };
}

test('who has the lease loads, and gives it back when all is kept', async () => {
  const { text, load, giveBack } = situation([true]);
  expect(await text).toBe('loaded');
  await vi.advanceTimersByTimeAsync(0);
  expect([load.mock.calls.length, giveBack.mock.calls.length]).toEqual([1, 1]);
});

test('who has not waits for the answer, and says that it is there', async () => {
  const { text, load, onOutcome } = situation([], { storedFrom: 3 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await text).toBe('stored');
  expect(load).not.toHaveBeenCalled();
  expect(onOutcome).toHaveBeenCalledWith({ kind: 'stored', reusable: true });
});

test('a lease that comes back without an answer is kept by nobody', async () => {
  const { text, load, giveBack, take } = situation([false, false, true]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await text).toBe('loaded');
  expect([take, load, giveBack].map(({ mock }) => mock.calls.length)).toEqual([3, 1, 1]);
});

test('an answer that came with the lease is served, not asked for again', async () => {
  const { text, load, giveBack } = situation([false, true], { storedFrom: 2 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await text).toBe('stored');
  expect([load.mock.calls.length, giveBack.mock.calls.length]).toEqual([0, 1]);
});

test('after half of the origin’s time everyone loads for himself', async () => {
  const { text, load } = situation([]);
  await vi.advanceTimersByTimeAsync(4_800);
  expect(load).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(250);
  expect(await text).toBe('loaded');
});

test('Redis that could not be asked for the page is not asked for a lease', async () => {
  const { text, take } = situation([true], { isRedisThere: false });
  expect(await text).toBe('loaded');
  expect(take).not.toHaveBeenCalled();
});
