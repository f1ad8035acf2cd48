import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendCacheStatus, type CacheStatus, formatCacheStatus } from '../../../shared/http/cache-status.ts';

describe('formatCacheStatus (RFC 9211 §2)', () => {
  it.each([
    [{ hit: true }, 'Headrace; hit'],
    [{ hit: true, ttlSeconds: 42, detail: 'L1' }, 'Headrace; hit; ttl=42; detail=L1'],
    [{ hit: true, ttlSeconds: -3 }, 'Headrace; hit; ttl=-3'],
    [{ hit: true, ttlSeconds: 41.9 }, 'Headrace; hit; ttl=41'],
    [{ hit: true, ttlSeconds: -0.4 }, 'Headrace; hit; ttl=0'],
    [{ hit: true, ttlSeconds: Number.NaN }, 'Headrace; hit; ttl=0'],
    [{ hit: true, ttlSeconds: Number.POSITIVE_INFINITY }, 'Headrace; hit; ttl=999999999999999'],
    [{ hit: false, forwarded: 'uri-miss', stored: true }, 'Headrace; fwd=uri-miss; stored'],
    [
      { hit: false, forwarded: 'stale', forwardStatus: 304, stored: true, collapsed: true, ttlSeconds: 60 },
      'Headrace; fwd=stale; fwd-status=304; stored; collapsed; ttl=60',
    ],
    [{ hit: false, forwarded: 'bypass', stored: false, collapsed: false }, 'Headrace; fwd=bypass'],
    [
      { hit: false, forwarded: 'miss', key: '/a?b="c"\\d', detail: 'no-store' },
      'Headrace; fwd=miss; key="/a?b=\\"c\\"\\\\d"; detail=no-store',
    ],
    [{ hit: true, detail: 'two words' }, 'Headrace; hit; detail="two words"'],
    [{ hit: true, detail: '9lives' }, 'Headrace; hit; detail="9lives"'],
    [{ hit: true, detail: 'über\r\nx: y' }, 'Headrace; hit; detail="?ber??x: y"'],
  ] as [CacheStatus, string][])('%j is %s', (status, value) => {
    expect(formatCacheStatus(status)).toBe(value);
  });

  it('is one printable line, whatever the key and detail', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        fc.double(),
        (key, detail, ttlSeconds) => {
          const value = formatCacheStatus({ hit: true, key, detail, ttlSeconds });
          expect(value).toMatch(
            /^Headrace; hit; ttl=-?\d{1,15}; key="([ !#-[\]-~]|\\["\\])*"; detail=("([ !#-[\]-~]|\\["\\])*"|[A-Za-z*][!#$%&'*+.^_`|~\w:/-]*)$/,
          );
        },
      ),
    );
  });
});

it('stands behind what caches nearer the origin said (§2)', () => {
  const fields = appendCacheStatus(
    [
      ['cache-status', 'Origin; hit'],
      ['age', '1'],
    ],
    { hit: false, forwarded: 'miss' },
  );
  expect(fields).toEqual([
    ['cache-status', 'Origin; hit'],
    ['age', '1'],
    ['cache-status', 'Headrace; fwd=miss'],
  ]);
});
