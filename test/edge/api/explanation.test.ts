import { expect, test } from 'vitest';
import { explanationOf } from '../../../edge/api/explanation.ts';
import type { Stored } from '../../../edge/proxy/stored.ts';
import type { CacheReading } from '../../../shared/cache/levels.ts';
import { computeFreshness } from '../../../shared/http/freshness.ts';
import { PROFILES } from '../../../shared/http/policy.ts';
import { cacheable } from '../exchange.ts';

const NOW = Date.UTC(2027, 0, 1);
const exchange = cacheable({ path: '/a?b' });

function readingOf(cacheControl: string, names: readonly string[] = []): CacheReading<Stored> {
  const fields = [['cache-control', cacheControl]] as const;
  const freshness = computeFreshness({
    status: 200,
    fields,
    policy: PROFILES.safe,
    requestedAt: NOW,
    receivedAt: NOW,
  });
  const meta = { status: 200, fields, freshness };
  const entry = { key: 'k', meta, body: new Uint8Array(), tags: [], deadAt: freshness.deadAt };
  const ticket = { mark: '', tokens: new Map(), at: 0, order: 0 };
  const near = { entry, forks: { names, deadAt: 0 }, ticket };
  const lookup = { base: 'k', tags: [], facets: new Map() };
  return { lookup, found: { entry, level: 'L1' }, near, far: undefined };
}

test('what is stored is told by its instants, as dates', () => {
  const reading = readingOf('max-age=60, stale-while-revalidate=30', ['accept']);
  const { found } = reading;
  const told = explanationOf(
    { kind: 'hit', level: 'L1', entry: found?.entry ?? expect.fail() },
    { exchange, reading, now: NOW },
  );
  expect(told).toMatchObject({
    key: 'http://shop.example/a?b',
    rule: '/*',
    decision: { kind: 'hit', level: 'L1', variesBy: ['accept'] },
    instants: {
      receivedAt: '2027-01-01T00:00:00.000Z',
      freshUntil: '2027-01-01T00:01:00.000Z',
      staleWhileRevalidateUntil: '2027-01-01T00:01:30.000Z',
    },
  });
});

test('where nothing is stored there is no instant, and where nothing was understood no key', () => {
  expect(explanationOf({ kind: 'fetch', reason: 'uri-miss' }, { exchange, now: NOW })).toMatchObject({
    decision: { kind: 'fetch', reason: 'uri-miss' },
    instants: null,
  });
  const problem = { status: 421, code: 'HOST_UNKNOWN', title: 'No' };
  expect(explanationOf({ kind: 'refuse', problem }, { now: NOW })).toMatchObject({
    key: null,
    rule: null,
    decision: { kind: 'refuse', status: 421, code: 'HOST_UNKNOWN' },
  });
});

test('a cache that only observes says so', () => {
  const grounds = { exchange, now: NOW, mode: 'observe' } as const;
  expect(explanationOf({ kind: 'fetch', reason: 'uri-miss' }, grounds).words).toMatch(
    /^HEADRACE_MODE is observe/,
  );
});
