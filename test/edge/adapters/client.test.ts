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

describe('the client’s own Accept-Encoding', () => {
  test.each(['cf-ray', 'cf-connecting-ip'])('is known where the platform tells it, beside %s', name => {
    const own = (cf: object | undefined) => clientAcceptEncoding(requestWith(cf), [[name, 'x']]);
    expect(own({ clientAcceptEncoding: 'gzip' })).toBe('gzip');
    expect(own({ clientAcceptEncoding: '' })).toBeUndefined();
    expect(own(undefined)).toBeUndefined();
  });

  test('is what came, where nothing stands in front', () => {
    expect(clientAcceptEncoding(requestWith({ clientAcceptEncoding: 'gzip' }), [])).toBeUndefined();
  });
});
