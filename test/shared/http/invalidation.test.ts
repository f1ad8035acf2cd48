import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../shared/http/fields.ts';
import { invalidatedUrls, isUnsafe } from '../../../shared/http/invalidation.ts';

const URL_ASKED = 'https://example.com/shop/cart?a=1';

interface Given {
  readonly method?: string;
  readonly status?: number;
  readonly url?: string;
  readonly upstreamOrigin?: string;
}

const invalidated = (
  fields: Fields = [],
  { method = 'POST', status = 200, url = URL_ASKED, ...rest }: Given = {},
) => invalidatedUrls({ method, status, url, fields, ...rest });

describe('what counts as a change (RFC 9111 §4.4)', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'M-SEARCH', 'get', ''])('%j may change anything', method => {
    expect(isUnsafe(method)).toBe(true);
    expect(invalidated([], { method })).toEqual([URL_ASKED]);
  });

  it.each(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'PROPFIND', 'PURGE', 'BAN'])(
    '%s changes nothing',
    method => {
      expect(isUnsafe(method)).toBe(false);
      expect(invalidated([['location', '/x']], { method })).toEqual([]);
    },
  );

  it.each([200, 201, 204, 299, 301, 303, 307, 399])('%d is no error', status => {
    expect(invalidated([], { status })).toEqual([URL_ASKED]);
  });

  it.each([100, 199, 400, 404, 405, 500, 503])('%d is one, or no final answer', status => {
    expect(invalidated([], { status })).toEqual([]);
  });
});

describe('what else it takes along', () => {
  it('Location and Content-Location, relative to the target, each URL once', () => {
    expect(
      invalidated([
        ['location', '../orders/7?b=2#paid'],
        ['content-location', '/shop/cart?a=1'],
      ]),
    ).toEqual([URL_ASKED, 'https://example.com/orders/7?b=2']);
    expect(invalidated([['content-location', 'https://example.com:443/x']])).toEqual([
      URL_ASKED,
      'https://example.com/x',
    ]);
  });

  it.each([
    'https://example.org/x',
    'http://example.com/x',
    'https://example.com:8443/x',
    '//example.org/x',
    'https://www.example.com/x',
    'https://example.com@example.org/x',
    'javascript:alert(1)',
    'data:,x',
    'https://',
    'http://[',
  ])('not %s, which is another origin’s or no URL', location => {
    expect(invalidated([['location', location]])).toEqual([URL_ASKED]);
  });

  it('a target’s fragment is not part of it', () => {
    expect(invalidated([], { url: `${URL_ASKED}#x` })).toEqual([URL_ASKED]);
  });

  it('the origin’s own name stands for the one the client used', () => {
    const given = { upstreamOrigin: 'http://10.0.0.7:3000' };
    expect(invalidated([['location', 'http://10.0.0.7:3000/x']], given)).toEqual([
      URL_ASKED,
      'https://example.com/x',
    ]);
    expect(invalidated([['location', 'http://10.0.0.7/x']], given)).toEqual([URL_ASKED]);
  });

  it('never leaves the target’s origin, whatever the fields say', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webPath()), reference => {
        const urls = invalidated([
          ['location', reference],
          ['content-location', reference],
        ]);
        expect(urls[0]).toBe(URL_ASKED);
        expect(urls.every(url => new URL(url).origin === 'https://example.com')).toBe(true);
      }),
    );
  });
});
