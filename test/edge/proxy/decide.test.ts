import { describe, expect, test } from 'vitest';
import { decide } from '../../../edge/proxy/decide.ts';
import type { Stored } from '../../../edge/proxy/stored.ts';
import type { CacheReading } from '../../../shared/cache/levels.ts';
import type { Fields } from '../../../shared/http/fields.ts';
import { cacheable } from '../exchange.ts';

type Reading = CacheReading<Stored>;

interface Held {
  readonly fields?: Fields;
  readonly soft?: boolean;
}

/** Received at 0, fresh until 100, then stale-while-revalidate until 200, of use until 300. */
function holding({ fields = [], soft = false }: Held = {}): Reading {
  const freshness = {
    receivedAt: 0,
    initialAgeSeconds: 0,
    lifetimeSeconds: 0.1,
    freshUntil: 100,
    staleWhileRevalidateUntil: 200,
    staleIfErrorUntil: 300,
    deadAt: 300,
    staleForbidden: false,
    source: 'max-age',
  };
  const entry = { key: 'k', meta: { status: 200, fields, freshness }, soft };
  return { found: { entry, level: 'L1' }, near: { forks: { names: [] } } } as unknown as Reading;
}

const missing = (...names: string[]) =>
  ({ found: undefined, near: { forks: { names } } }) as unknown as Reading;
const at = (now: number, reading = holding(), headers = {}) => decide(cacheable({ headers }), reading, now);

test.each([
  [99, 'hit'],
  [100, 'stale'],
  [200, 'revalidate'],
  [300, 'fetch'],
])('at %i it is: %s', (now, kind) => {
  expect(at(now).kind).toBe(kind);
});

test('nothing held is a miss; other variants held, a miss of the variant', () => {
  expect(at(0, missing())).toEqual({ kind: 'fetch', reason: 'uri-miss' });
  expect(at(0, missing('accept'))).toEqual({ kind: 'fetch', reason: 'vary-miss' });
});

test('a soft purge makes the fresh stale', () => {
  expect(at(50, holding({ soft: true })).kind).toBe('stale');
});

test('asked for by the client, it is confirmed although fresh, and says so', () => {
  expect(at(50, holding(), { 'cache-control': 'no-cache' })).toMatchObject({
    kind: 'revalidate',
    reason: 'request',
  });
  expect(at(250)).toMatchObject({ kind: 'revalidate', reason: 'stale' });
});

describe('only-if-cached', () => {
  const only = { 'cache-control': 'only-if-cached' };

  test('asks no origin', () => {
    expect(at(0, missing(), only)).toEqual({ kind: 'unavailable' });
    expect(at(250, holding(), only)).toEqual({ kind: 'unavailable' });
    expect(at(50, holding(), only).kind).toBe('hit');
  });
});

describe('everyone’s answer', () => {
  test.each([
    ['authorization', { authorization: 'x' }],
    ['cookie', { cookie: 'a=1' }],
    ['header', { 'x-strange': '1' }],
  ])('is not given to a request with %s', (detail, headers) => {
    expect(at(50, holding(), headers)).toEqual({ kind: 'fetch', reason: 'bypass', detail });
  });

  test('is, when it says that it is for everyone', () => {
    const open = holding({ fields: [['cache-control', 'public, max-age=60']] });
    expect(at(50, open, { cookie: 'a=1' }).kind).toBe('hit');
  });
});

test('a part of what is not stored passes; of what is stored it is a hit like any other', () => {
  const range = { range: 'bytes=1-2' };
  expect(at(0, missing(), range)).toEqual({
    kind: 'pass',
    why: { forwarded: 'bypass', detail: 'range' },
  });
  expect(at(0, holding(), range).kind).toBe('hit');
  expect(at(200, holding(), range).kind).toBe('revalidate');
  expect(at(0, missing(), { range: 'bytes=0-' }).kind).toBe('fetch');
  expect(at(0, missing(), { ...range, 'cache-control': 'only-if-cached' }).kind).toBe('unavailable');
});
