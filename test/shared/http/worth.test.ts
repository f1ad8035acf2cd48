import { describe, expect, it } from 'vitest';
import type { Field, Fields } from '../../../shared/http/fields.ts';
import { PROFILES } from '../../../shared/http/policy.ts';
import { whyWorthless } from '../../../shared/http/worth.ts';

const NOW = Date.UTC(2026, 8, 21, 12, 0, 0);
const ETAG: Field = ['etag', '"a"'];
const MODIFIED: Field = ['last-modified', 'Fri, 11 Sep 2026 12:00:00 GMT'];
const cacheControl = (value: string): Field => ['cache-control', value];

const why = (fields: Fields, { status = 200, policy = PROFILES.safe } = {}) =>
  whyWorthless({ status, fields, policy, receivedAt: NOW });

describe('whyWorthless', () => {
  it.each([
    [[cacheControl('max-age=60')], 302],
    [[['expires', 'Mon, 21 Sep 2026 12:00:10 GMT']], 302],
    [[MODIFIED], 200],
    [[ETAG], 200],
    [[cacheControl('public'), MODIFIED], 302],
    [[cacheControl('max-age=0'), ETAG], 200],
    [[cacheControl('no-cache'), ETAG], 200],
    [[cacheControl('s-maxage=0'), ETAG], 200],
    [[cacheControl('max-age=0, stale-while-revalidate=60')], 200],
    [[cacheControl('max-age=0, stale-if-error=60')], 200],
    [[cacheControl('max-age=60'), ['age', '59']], 200],
    [[cacheControl('max-age=60')], 404],
  ] as [Fields, number][])('%j with status %d has a use', (fields, status) => {
    expect(why(fields, { status })).toBeUndefined();
  });

  it.each([
    [[], 200, 'no-freshness'],
    [[ETAG], 302, 'no-freshness'],
    [[MODIFIED], 404, 'no-freshness'],
    [[cacheControl('public')], 302, 'no-freshness'],
    [[cacheControl('max-age=0')], 200, 'expired'],
    [[cacheControl('no-cache, max-age=60, stale-if-error=60')], 200, 'expired'],
    [[cacheControl('max-age=0, stale-if-error=0')], 200, 'expired'],
    [[['expires', '0']], 200, 'expired'],
    [[cacheControl('max-age=60'), ['age', '60']], 200, 'expired'],
    [[cacheControl('max-age=1, stale-if-error=9'), ['age', '60']], 200, 'expired'],
  ] as [Fields, number, string][])('%j with status %d has none: %s', (fields, status, expected) => {
    expect(why(fields, { status })).toBe(expected);
  });

  it('strict gives a 404 its heuristic lifetime (RFC 9110 §15.1)', () => {
    expect(why([MODIFIED], { status: 404, policy: PROFILES.strict })).toBeUndefined();
  });
});
