import { describe, expect, test } from 'vitest';
import { planOf, receiveIn } from '../exchange.ts';

test.each(['GET', 'HEAD'])('%s may use the cache', method => {
  expect(receiveIn({ method }).kind).toBe('cacheable');
});

describe('passes', () => {
  test.each(['POST', 'OPTIONS', 'PROPFIND'])('%s', method => {
    expect(receiveIn({ method })).toMatchObject({ kind: 'pass', why: { forwarded: 'method' } });
  });

  test.each([
    ['a condition on the origin’s state', { headers: { 'if-match': '"a"' } }, 'condition'],
    ['a WebSocket', { headers: { upgrade: 'WebSocket' } }, 'upgrade'],
    ['a very long URL', { path: `/${'x'.repeat(8_192)}` }, 'url-length'],
  ])('%s', (_, incoming, detail) => {
    expect(receiveIn(incoming)).toMatchObject({ kind: 'pass', why: { forwarded: 'bypass', detail } });
  });

  test('everything while the mode is off', () => {
    expect(receiveIn({}, planOf({}, { HEADRACE_MODE: 'off' }))).toMatchObject({
      kind: 'pass',
      why: { detail: 'mode-off' },
    });
  });

  test('no upgrade to anything but a WebSocket', () => {
    expect(receiveIn({ headers: { upgrade: 'h2c' } }).kind).toBe('cacheable');
    expect(receiveIn({ method: 'HEAD', headers: { upgrade: 'websocket' } }).kind).toBe('cacheable');
  });
});

describe('refuses', () => {
  const refusal = (incoming: Parameters<typeof receiveIn>[0], plan = planOf()) => {
    const received = receiveIn(incoming, plan);
    return received.kind === 'refuse' ? [received.problem.status, received.problem.code] : received.kind;
  };

  test('a host that is not served', () => {
    const plan = planOf({ hosts: { 'other.example': 'default' } });
    expect(refusal({}, plan)).toEqual([421, 'HOST_UNKNOWN']);
    expect(refusal({ method: 'POST' }, plan)).toEqual([421, 'HOST_UNKNOWN']);
  });

  test('an ambiguous path', () => {
    expect(refusal({ path: '/a%00' })).toEqual([400, 'REQUEST_TARGET_AMBIGUOUS']);
  });

  test('a request that came through here three times', () => {
    expect(refusal({ headers: { 'cdn-loop': 'headrace, a, headrace' } })).toBe('cacheable');
    expect(refusal({ headers: { 'cdn-loop': 'headrace, a, headrace, headrace' } })).toEqual([
      508,
      'REQUEST_LOOP',
    ]);
  });

  test('more header bytes than the limit, and not one fewer', () => {
    const plan = planOf({ limits: { maxHeaderBytes: 100 } });
    const ofBytes = (bytes: number) => ({ headers: { a: 'x'.repeat(bytes - 'a: \r\n'.length) } });
    expect(refusal(ofBytes(100), plan)).toBe('cacheable');
    expect(refusal(ofBytes(101), plan)).toEqual([431, 'REQUEST_HEADERS_TOO_LARGE']);
  });
});

test('takes Accept-Encoding as the client sent it, where the platform tells', () => {
  const received = receiveIn({ headers: { 'accept-encoding': 'zstd' } });
  expect(received).toMatchObject({ exchange: { fields: [['accept-encoding', 'zstd']] } });
});

test('names the origin of the route before that of the host', () => {
  const plan = planOf({
    origins: { api: { url: 'http://api.example' } },
    routes: [{ match: '/api/*', origin: 'api' }],
  });
  expect(receiveIn({ path: '/api/x' }, plan)).toMatchObject({ exchange: { origin: { name: 'api' } } });
  expect(receiveIn({ path: '/x' }, plan)).toMatchObject({ exchange: { origin: { name: 'default' } } });
});
