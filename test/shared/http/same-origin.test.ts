import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameOriginUrl } from '../../../shared/http/same-origin.ts';

const URL_ASKED = 'https://example.com/b/c/d;p?q';
const resolve = (reference: string, upstreamOrigin?: string) =>
  sameOriginUrl(reference, { url: URL_ASKED, ...(upstreamOrigin && { upstreamOrigin }) });

describe('references (RFC 3986 §5.4.1)', () => {
  it.each([
    ['g', '/b/c/g'],
    ['./g/', '/b/c/g/'],
    ['/g', '/g'],
    ['?y', '/b/c/d;p?y'],
    ['g?y#s', '/b/c/g?y'],
    ['#s', '/b/c/d;p?q'],
    ['', '/b/c/d;p?q'],
    ['../../../g', '/g'],
    ['https://EXAMPLE.com:443/x', '/x'],
    ['//example.com/x', '/x'],
  ])('%j', (reference, expected) => {
    expect(resolve(reference)).toBe(`https://example.com${expected}`);
  });
});

it.each([
  'https://example.org/',
  'http://example.com/',
  'https://example.com:8443/',
  '//example.org/x',
  'https://www.example.com/',
  'https://example.com@example.org/',
  'https://example.com.example.org/',
  '\\\\example.org\\x',
  'javascript:alert(1)',
  'data:,x',
  'blob:https://example.org/1',
  'blob:https://example.com/1',
  'https://',
])('%s is another origin’s, or no URL', reference => {
  expect(resolve(reference)).toBeUndefined();
});

it('takes the name the origin was asked by for the client’s', () => {
  expect(resolve('http://10.0.0.7:3000/x?y#z', 'http://10.0.0.7:3000')).toBe('https://example.com/x?y');
  expect(resolve('http://10.0.0.7/x', 'http://10.0.0.7:3000')).toBeUndefined();
});

it('never leaves the origin', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webPath()), reference => {
      const url = resolve(reference);
      expect(url === undefined || new URL(url).origin === 'https://example.com').toBe(true);
    }),
  );
});
