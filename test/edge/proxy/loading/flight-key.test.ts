import { describe, expect, test } from 'vitest';
import { flightKey } from '../../../../edge/proxy/loading/flight-key.ts';
import { createKnownVary } from '../../../../edge/proxy/loading/known-vary.ts';
import { lookupOf } from '../../../../edge/proxy/lookup.ts';
import type { ForwardReason } from '../../../../shared/http/cache-status.ts';
import { cacheable, type Incoming, planOf } from '../../exchange.ts';

interface Situation {
  readonly vary?: readonly string[];
  readonly reason?: ForwardReason;
  readonly plan?: ReturnType<typeof planOf>;
}

function keyOf(incoming: Incoming, { vary = [], reason = 'uri-miss', plan = planOf() }: Situation = {}) {
  const exchange = cacheable(incoming, plan);
  const near = {
    entry: undefined,
    forks: { names: vary, deadAt: 0 },
    ticket: { mark: '', tokens: new Map(), at: 0, order: 0 },
  };
  const reading = { lookup: lookupOf(exchange), found: undefined, near, far: undefined };
  return flightKey({ exchange, reading, reason }, createKnownVary());
}

const withHeaders = (headers: Record<string, string>) => ({ headers });

describe('two requests wait for one answer', () => {
  test('when they ask for the same page', () => {
    expect(keyOf({})).toBeDefined();
    expect(keyOf({ path: '/page' })).toBe(keyOf({ path: '/page' }));
    expect(keyOf({ path: '/page' })).not.toBe(keyOf({ path: '/other' }));
  });

  test('whatever they differ in, as long as nothing is known to depend on it', () => {
    const [de, fr] = ['de', 'fr'].map(language => withHeaders({ 'accept-language': language }));
    expect(keyOf(de ?? {})).toBe(keyOf(fr ?? {}));
    expect(keyOf(de ?? {}, { vary: ['accept-language'] })).not.toBe(
      keyOf(fr ?? {}, { vary: ['accept-language'] }),
    );
  });

  test('but not across a header that the route puts into the key', () => {
    const plan = planOf({ routes: [{ match: '/*', key: { headers: ['x-shop'] } }] });
    expect(keyOf(withHeaders({ 'x-shop': 'a' }), { plan })).not.toBe(
      keyOf(withHeaders({ 'x-shop': 'b' }), { plan }),
    );
  });

  test.each([
    ['Authorization', { authorization: 'Bearer a' }],
    ['Cookie', { cookie: 'sid=1' }],
    ['a header nobody knows', { 'x-strange': '1' }],
  ])('never one with %s and one without', (_, headers) => {
    expect(keyOf(withHeaders(headers))).toBeDefined();
    expect(keyOf(withHeaders(headers))).not.toBe(keyOf({}));
  });
});

describe('a request asks for itself', () => {
  test.each([
    ['no-store', { 'cache-control': 'no-store' }],
    ['no-cache', { 'cache-control': 'no-cache' }],
    ['Pragma: no-cache', { pragma: 'no-cache' }],
  ])('under %s', (_, headers) => expect(keyOf(withHeaders(headers))).toBeUndefined());

  test.each<ForwardReason>(['request', 'bypass', 'partial'])('when it is forwarded because of: %s', reason =>
    expect(keyOf({}, { reason })).toBeUndefined(),
  );

  test('under no-cache only where that is obeyed', () => {
    const plan = planOf({ routes: [{ match: '/*', profile: 'static' }] });
    expect(keyOf(withHeaders({ 'cache-control': 'no-cache' }), { plan })).toBeDefined();
    expect(keyOf(withHeaders({ 'cache-control': 'no-store' }), { plan })).toBeUndefined();
  });
});
