import { describe, expect, test } from 'vitest';
import { clientAcceptEncoding, clientAddress } from '../../../edge/adapters/client.ts';

const requestWith = (cf: object | undefined, headers: Record<string, string> = {}) =>
  Object.assign(new Request('http://h/', { headers }), { cf });

describe('the client’s address', () => {
  test.each([
    ['203.0.113.7:4711', '203.0.113.7'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['203.0.113.7', '203.0.113.7'],
  ])('%s is %s', (clientIp, address) => {
    expect(clientAddress(requestWith({ clientIp }))).toBe(address);
  });

  test('is the platform’s word before a header, which may be the client’s own', () => {
    const claim = { 'cf-connecting-ip': '6.6.6.6' };
    expect(clientAddress(requestWith({ clientIp: '203.0.113.7:1' }, claim))).toBe('203.0.113.7');
    expect(clientAddress(requestWith({}, claim))).toBe('6.6.6.6');
    expect(clientAddress(requestWith(undefined))).toBeUndefined();
  });
});

test('the client’s own Accept-Encoding is known only where the platform tells it', () => {
  expect(clientAcceptEncoding(requestWith({ clientAcceptEncoding: 'gzip' }))).toBe('gzip');
  expect(clientAcceptEncoding(requestWith({ clientAcceptEncoding: '' }))).toBeUndefined();
  expect(clientAcceptEncoding(requestWith(undefined))).toBeUndefined();
});
