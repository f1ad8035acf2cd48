import { describe, expect, test } from 'vitest';
import { deliver, deliverStored } from '../../../../edge/proxy/delivering/deliver.ts';
import type { Delivery } from '../../../../edge/proxy/delivering/delivery.ts';
import type { StoredEntry } from '../../../../edge/proxy/stored.ts';
import { cacheable } from '../../exchange.ts';

const HIT = { hit: true, detail: 'L1' } as const;
const text = (body: string) => new TextEncoder().encode(body);
const delivery = (more: Partial<Delivery> = {}): Delivery => ({
  status: 200,
  fields: [
    ['etag', '"v1"'],
    ['content-type', 'text/plain'],
    ['surrogate-key', 'a'],
  ],
  receivedAt: 0,
  body: text('page'),
  ...more,
});

/** A stream that tells whether it was let go. */
function streamed() {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    cancel: () => {
      cancelled = true;
    },
  });
  return { body, wasLetGo: () => cancelled };
}

test('status, fields and body as chosen, without tags, with Cache-Status after the origin’s own', async () => {
  const response = deliver(
    cacheable(),
    delivery({
      status: 404,
      fields: [
        ['cache-status', 'Shield; hit'],
        ['cache-tag', 'a'],
        ['x', '1'],
      ],
    }),
    HIT,
  );
  expect([response.status, await response.text(), response.headers.get('x')]).toEqual([404, 'page', '1']);
  expect(response.headers.has('cache-tag')).toBe(false);
  expect(response.headers.get('cache-status')).toBe('Shield; hit, Headrace; hit; detail=L1');
});

test('each Set-Cookie stays a line of its own', () => {
  const response = deliver(
    cacheable(),
    delivery({
      fields: [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
    }),
    HIT,
  );
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

describe('a condition that holds', () => {
  test('is answered 304, and the body let go', async () => {
    const { body, wasLetGo } = streamed();
    const exchange = cacheable({ headers: { 'if-none-match': 'W/"v1"' } });
    const response = deliver(exchange, delivery({ body }), HIT);
    expect([response.status, response.body, response.headers.get('etag')]).toEqual([304, null, '"v1"']);
    expect(response.headers.has('content-type')).toBe(false);
    expect(response.headers.has('surrogate-key')).toBe(false);
    expect(wasLetGo()).toBe(true);
  });
});

test.each([
  ['HEAD', 200],
  ['GET', 204],
  ['GET', 205],
  ['GET', 304],
])('%s of a %i has no body, and lets it go', (method, status) => {
  const { body, wasLetGo } = streamed();
  expect(deliver(cacheable({ method }), delivery({ status, body }), HIT).body).toBeNull();
  expect(wasLetGo()).toBe(true);
});

test('what comes from the cache says its age, and keeps its Date', () => {
  const entry = {
    body: text('page'),
    meta: {
      status: 200,
      fields: [
        ['date', 'then'],
        ['age', '999'],
      ],
      freshness: { receivedAt: 10_000, initialAgeSeconds: 5 },
    },
  } as unknown as StoredEntry;
  const { headers } = deliverStored(cacheable(), entry, HIT, 13_900);
  expect([headers.get('age'), headers.get('date')]).toEqual(['8', 'then']);
});
