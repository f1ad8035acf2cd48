import { describe, expect, test } from 'vitest';
import { finish } from '../../../edge/proxy/finish.ts';
import { startTiming } from '../../../edge/proxy/timing.ts';
import type { ConfigInput } from '../../../shared/config/config.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { cacheable, planOf } from '../exchange.ts';

type HeadersInput = NonNullable<NonNullable<ConfigInput['routes']>[number]['headers']>;

const exchangeOf = (headers: HeadersInput) => cacheable({}, planOf({ routes: [{ match: '/*', headers }] }));
const finished = async (headers: HeadersInput, init: ResponseInit = {}) => {
  const response = await finish(new Response(null, init), exchangeOf(headers), undefined);
  return Object.fromEntries(response.headers);
};

describe('the route’s headers', () => {
  test('are given where the origin has none', async () => {
    const headers = { response: { 'Cache-Control': 'max-age=5', 'X-A': 'ours' } };
    expect(await finished(headers, { headers: { 'x-a': 'theirs' } })).toEqual({
      'cache-control': 'max-age=5',
      'x-a': 'theirs',
    });
  });

  test('that harden a page are given where the origin has none', async () => {
    expect(await finished({ security: true }, { headers: { 'x-frame-options': 'DENY' } })).toEqual({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'strict-origin-when-cross-origin',
    });
  });

  test('bring neither a content policy nor HSTS unless they are asked for', async () => {
    const names = Object.keys(await finished({ security: true }));
    expect(names).not.toContain('content-security-policy');
    expect(names).not.toContain('strict-transport-security');
    const asked = await finished({ security: { contentSecurityPolicy: "default-src 'self'" } });
    expect(asked['content-security-policy']).toBe("default-src 'self'");
  });

  test('are not for a 304, which would overrule what the client has', async () => {
    expect(await finished({ security: true, response: { 'x-a': '1' } }, { status: 304 })).toEqual({});
  });
});

test('without any the response is the very one, at once', () => {
  const response = new Response();
  expect(finish(response, exchangeOf({}), undefined)).toBe(response);
});

test('Server-Timing goes beside the origin’s own', async () => {
  const clock = createTestClock();
  const timing = startTiming(clock);
  clock.advance(1);
  timing.lookedUp();
  const response = new Response(null, { headers: { 'server-timing': 'db;dur=5' } });
  const told = await finish(Promise.resolve(response), exchangeOf({}), timing);
  expect(told.headers.get('server-timing')).toBe('db;dur=5, lookup;dur=1');
});

test('an accepted upgrade is left as it is', async () => {
  const upgraded = Object.assign(new Response(null), { webSocket: {} });
  const { headers } = await finish(upgraded, exchangeOf({ security: true }), undefined);
  expect([...headers]).toEqual([]);
});

describe('the name that a client gave its request', () => {
  const finishedFor = async (id: string, init: ResponseInit = {}) => {
    const response = new Response(null, init);
    return (await finish(response, cacheable({ headers: { 'x-request-id': id } }), undefined)).headers;
  };

  test('is echoed, in place of what another was told', async () => {
    expect(
      (await finishedFor('mine-7', { headers: { 'x-request-id': 'another' } })).get('x-request-id'),
    ).toBe('mine-7');
  });

  test.each(['', 'two words', 'a"b'])('%j is no name, and not echoed', async id => {
    expect((await finishedFor(id)).has('x-request-id')).toBe(false);
  });

  test('is not for a 304, which would change what the client has stored', async () => {
    expect((await finishedFor('mine-7', { status: 304 })).has('x-request-id')).toBe(false);
  });
});
