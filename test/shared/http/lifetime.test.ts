import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field, Fields } from '../../../shared/http/fields.ts';
import { computeLifetime } from '../../../shared/http/lifetime.ts';
import { type CachePolicy, PROFILES } from '../../../shared/http/policy.ts';

const NOW = Date.UTC(2026, 8, 21, 12, 0, 0);
const DATE: Field = ['date', 'Mon, 21 Sep 2026 12:00:00 GMT'];
const IN_AN_HOUR: Field = ['expires', 'Mon, 21 Sep 2026 13:00:00 GMT'];
const TEN_DAYS_AGO: Field = ['last-modified', 'Fri, 11 Sep 2026 12:00:00 GMT'];

const cacheControl = (value: string): Field => ['cache-control', value];
const lifetimeOf = (fields: Fields, { status = 200, policy = PROFILES.safe as CachePolicy } = {}) =>
  computeLifetime({ status, fields, policy, now: NOW });

describe('explicit lifetime (RFC 9111 §4.2.1)', () => {
  it('prefers s-maxage, then max-age, then Expires', () => {
    const all = [cacheControl('max-age=20, s-maxage=10'), IN_AN_HOUR, DATE, TEN_DAYS_AGO];
    expect(lifetimeOf(all)).toEqual({ lifetimeSeconds: 10, source: 's-maxage' });
    expect(lifetimeOf([cacheControl('max-age=20'), IN_AN_HOUR, DATE])).toEqual({
      lifetimeSeconds: 20,
      source: 'max-age',
    });
    expect(lifetimeOf([IN_AN_HOUR, DATE])).toEqual({ lifetimeSeconds: 3600, source: 'expires' });
  });

  it('counts Expires from the origin Date, so that a wrong clock there cancels out', () => {
    const fiveMinutesBehind: Fields = [
      ['date', 'Mon, 21 Sep 2026 11:55:00 GMT'],
      ['expires', 'Mon, 21 Sep 2026 11:56:00 GMT'],
    ];
    expect(lifetimeOf(fiveMinutesBehind).lifetimeSeconds).toBe(60);
  });

  it('counts Expires from receipt where Date is missing or invalid', () => {
    expect(lifetimeOf([IN_AN_HOUR]).lifetimeSeconds).toBe(3600);
    expect(lifetimeOf([IN_AN_HOUR, ['date', 'today']]).lifetimeSeconds).toBe(3600);
  });

  it.each(['0', '-1', '', 'Mon, 21 Sep 2026 13:00:00 UTC', 'Mon, 21 Sep 2026 11:00:00 GMT', '1790000000'])(
    'takes Expires %j for expired (§5.3)',
    expires => {
      expect(lifetimeOf([['expires', expires], DATE, TEN_DAYS_AGO])).toEqual({
        lifetimeSeconds: 0,
        source: 'expires',
      });
    },
  );

  it('takes two Expires lines for expired (§4.2.1)', () => {
    expect(lifetimeOf([IN_AN_HOUR, IN_AN_HOUR, DATE]).lifetimeSeconds).toBe(0);
  });

  it('lets an invalid max-age hide a good Expires rather than fall through to it', () => {
    expect(lifetimeOf([cacheControl('max-age=1h'), IN_AN_HOUR, DATE])).toEqual({
      lifetimeSeconds: 0,
      source: 'max-age',
    });
  });
});

describe('heuristic lifetime (§4.2.2)', () => {
  it('is a tenth of the time since Last-Modified, up to a bound', () => {
    expect(lifetimeOf([DATE, TEN_DAYS_AGO])).toEqual({ lifetimeSeconds: 86_400, source: 'heuristic' });
    const anHourAgo: Field = ['last-modified', 'Mon, 21 Sep 2026 11:00:00 GMT'];
    expect(lifetimeOf([DATE, anHourAgo]).lifetimeSeconds).toBe(360);
    expect(lifetimeOf([DATE, ['last-modified', 'Thu, 01 Jan 1970 00:00:00 GMT']]).lifetimeSeconds).toBe(
      86_400,
    );
  });

  it.each(['Mon, 21 Sep 2026 12:00:01 GMT', 'yesterday', ''])(
    'is nothing where Last-Modified is %j',
    value => {
      expect(lifetimeOf([DATE, ['last-modified', value]])).toEqual({
        lifetimeSeconds: 0,
        source: 'heuristic',
      });
    },
  );

  it('needs a status on the list, or public', () => {
    expect(lifetimeOf([DATE, TEN_DAYS_AGO], { status: 302 })).toEqual({ lifetimeSeconds: 0, source: 'none' });
    const isPublic = [DATE, TEN_DAYS_AGO, cacheControl('public')];
    expect(lifetimeOf(isPublic, { status: 302 })).toEqual({ lifetimeSeconds: 86_400, source: 'heuristic' });
  });

  it('is for errors only where the policy says so', () => {
    const fields = [DATE, TEN_DAYS_AGO];
    expect(lifetimeOf([...fields, cacheControl('public')], { status: 400 }).source).toBe('none');
    expect(lifetimeOf(fields, { status: 404 }).source).toBe('none');
    expect(lifetimeOf(fields, { status: 404, policy: PROFILES.strict })).toEqual({
      lifetimeSeconds: 86_400,
      source: 'heuristic',
    });
  });
});

describe('the policy', () => {
  const route: CachePolicy = { ...PROFILES.safe, ttlSeconds: 300 };

  it('bounds the lifetime of errors', () => {
    expect(lifetimeOf([cacheControl('max-age=600')], { status: 404 }).lifetimeSeconds).toBe(10);
    expect(lifetimeOf([cacheControl('s-maxage=5')], { status: 503 }).lifetimeSeconds).toBe(5);
    expect(
      lifetimeOf([cacheControl('max-age=600')], { status: 404, policy: PROFILES.strict }).lifetimeSeconds,
    ).toBe(600);
    expect(lifetimeOf([cacheControl('max-age=600')], { status: 399 }).lifetimeSeconds).toBe(600);
    expect(lifetimeOf([cacheControl('max-age=600')], { status: 400 }).lifetimeSeconds).toBe(10);
  });

  it('puts a route before all the origin says of freshness', () => {
    expect(lifetimeOf([cacheControl('max-age=1, s-maxage=2')], { policy: route })).toEqual({
      lifetimeSeconds: 300,
      source: 'route',
    });
  });

  it.each([302, 307, 404, 500])('leaves %d to the origin: the route means its pages', status => {
    expect(lifetimeOf([cacheControl('max-age=3')], { status, policy: route })).toEqual({
      lifetimeSeconds: 3,
      source: 'max-age',
    });
  });
});

it('never throws and is never negative, whatever the fields', () => {
  const name = fc.constantFrom('cache-control', 'expires', 'date', 'last-modified');
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'max-age=5',
      'max-age=-5',
      'public',
      'Mon, 21 Sep 2026 12:00:00 GMT',
      'Fri, 11 Sep 1926 12:00:00 GMT',
    ),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), fc.integer({ min: 200, max: 599 }), (fields, status) => {
      expect(lifetimeOf(fields, { status }).lifetimeSeconds).toBeGreaterThanOrEqual(0);
    }),
  );
});

describe('the lifetime of an error', () => {
  const policy = { ...PROFILES.safe, errorTtlSeconds: { 404: 60, 503: 0 } };
  const longLived = [cacheControl('max-age=3600')];

  it('is the route’s where it names the status, above the bound and below', () => {
    expect(lifetimeOf([], { status: 404, policy })).toEqual({ lifetimeSeconds: 60, source: 'route' });
    expect(lifetimeOf(longLived, { status: 404, policy })).toEqual({ lifetimeSeconds: 60, source: 'route' });
    expect(lifetimeOf(longLived, { status: 503, policy })).toEqual({ lifetimeSeconds: 0, source: 'route' });
  });

  it('is the origin’s, bounded, for any other', () => {
    expect(lifetimeOf(longLived, { status: 410, policy }).lifetimeSeconds).toBe(10);
    expect(lifetimeOf(longLived, { status: 200, policy }).lifetimeSeconds).toBe(3600);
  });
});
