import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCacheControl } from '../../../shared/http/cache-control.ts';
import type { Freshness } from '../../../shared/http/freshness.ts';
import { PROFILES } from '../../../shared/http/policy.ts';
import { decideReuse, mayServeOnError, mustNotAskOrigin } from '../../../shared/http/reuse.ts';

const RECEIVED = 1_790_000_000_000;

/** Fresh for 60 s, stale-while-revalidate to 90 s, stale-if-error to 120 s, kept to 600 s. */
const STORED: Freshness = {
  lifetimeSeconds: 60,
  source: 'max-age',
  receivedAt: RECEIVED,
  initialAgeSeconds: 0,
  freshUntil: RECEIVED + 60_000,
  staleWhileRevalidateUntil: RECEIVED + 90_000,
  staleIfErrorUntil: RECEIVED + 120_000,
  deadAt: RECEIVED + 600_000,
  staleForbidden: false,
};
const FORBIDS_STALE: Freshness = {
  ...STORED,
  staleForbidden: true,
  staleWhileRevalidateUntil: STORED.freshUntil,
  staleIfErrorUntil: STORED.freshUntil,
};

const reuseAt = (seconds: number, request = '', stored = STORED, policy = PROFILES.safe) =>
  decideReuse(stored, parseCacheControl(request), { policy, now: RECEIVED + seconds * 1000 });
const onErrorAt = (seconds: number, request = '', stored = STORED) =>
  mayServeOnError(stored, parseCacheControl(request), {
    policy: PROFILES.safe,
    now: RECEIVED + seconds * 1000,
  });

describe('without request directives', () => {
  it.each([
    [-5, 'fresh'],
    [0, 'fresh'],
    [59.999, 'fresh'],
    [60, 'stale-while-revalidate'],
    [89.999, 'stale-while-revalidate'],
    [90, 'revalidate'],
    [599.999, 'revalidate'],
    [600, 'unusable'],
  ])('at %d s: %s', (seconds, expected) => {
    expect(reuseAt(seconds)).toBe(expected);
  });

  it('a fresh must-revalidate response is reused', () => {
    expect(reuseAt(30, '', FORBIDS_STALE)).toBe('fresh');
    expect(reuseAt(60, '', FORBIDS_STALE)).toBe('revalidate');
  });
});

describe('request directives (RFC 9111 §5.2.1)', () => {
  it.each([
    ['no-cache', 10, 'revalidate'],
    ['no-cache="x"', 10, 'revalidate'],
    ['no-cache, max-stale', 70, 'revalidate'],
    ['max-age=0', 0, 'revalidate'],
    ['max-age=0', 1, 'revalidate'],
    ['max-age=10', 9.999, 'fresh'],
    ['max-age=10', 10.001, 'revalidate'],
    ['max-age=9999', 70, 'revalidate'],
    ['max-age=10, max-stale=60', 11, 'revalidate'],
    ['max-age=9999, max-stale=60', 70, 'stale-while-revalidate'],
    ['min-fresh=20', 40, 'fresh'],
    ['min-fresh=20', 40.001, 'revalidate'],
    ['min-fresh=0', 70, 'revalidate'],
    ['max-stale', 599, 'stale-while-revalidate'],
    ['max-stale', 600, 'unusable'],
    ['max-stale=60', 120, 'stale-while-revalidate'],
    ['max-stale=60', 120.001, 'revalidate'],
    ['max-stale=x', 95, 'revalidate'],
    ['no-store', 10, 'fresh'],
    ['only-if-cached', 10, 'fresh'],
  ])('%s at %d s: %s', (request, seconds, expected) => {
    expect(reuseAt(seconds, request)).toBe(expected);
  });

  it('max-stale does not move a response that forbids stale (§4.2.4)', () => {
    expect(reuseAt(70, 'max-stale', FORBIDS_STALE)).toBe('revalidate');
  });

  it('counts the age that came with the response', () => {
    expect(reuseAt(1, 'max-age=10', { ...STORED, initialAgeSeconds: 10 })).toBe('revalidate');
  });

  it.each(['no-cache', 'max-age=0', 'min-fresh=99999', 'max-stale'])(
    '%s is not heard where the policy says so',
    request => {
      expect(reuseAt(30, request, STORED, PROFILES.static)).toBe('fresh');
      expect(reuseAt(95, request, STORED, PROFILES.static)).toBe('revalidate');
    },
  );

  it('only-if-cached forbids asking the origin, where requests are heard (§5.2.1.7)', () => {
    expect(mustNotAskOrigin(parseCacheControl('only-if-cached'), PROFILES.safe)).toBe(true);
    expect(mustNotAskOrigin(parseCacheControl('only-if-cached'), PROFILES.static)).toBe(false);
    expect(mustNotAskOrigin(parseCacheControl('max-age=0'), PROFILES.safe)).toBe(false);
  });
});

describe('after a server failure (RFC 5861 §4)', () => {
  it.each([
    ['', 30, true],
    ['', 60, true],
    ['', 119.999, true],
    ['', 120, false],
    ['stale-if-error=300', 200, true],
    ['stale-if-error=300', 360, false],
    ['stale-if-error=9999', 600, false],
    ['no-cache', 30, false],
    ['no-cache, stale-if-error=300', 70, false],
    ['max-age=0', 100, true],
  ])('request %j at %d s: %s', (request, seconds, expected) => {
    expect(onErrorAt(seconds, request)).toBe(expected);
  });

  it('not beyond expiry where neither says so', () => {
    expect(onErrorAt(60.5, '', { ...STORED, staleIfErrorUntil: STORED.freshUntil })).toBe(false);
  });

  it('never against a response that forbids stale, whatever the request says', () => {
    expect(onErrorAt(61, '', FORBIDS_STALE)).toBe(false);
    expect(onErrorAt(61, 'stale-if-error=300', FORBIDS_STALE)).toBe(false);
  });
});

describe('laws', () => {
  const seconds = fc.integer({ min: 0, max: 700 });
  const request = fc
    .array(fc.constantFrom('no-cache', 'max-age=30', 'min-fresh=10', 'max-stale=20', 'max-stale', 'no-store'))
    .map(directives => directives.join(','));

  it('never serves beyond the end, nor stale where stale is forbidden', () => {
    fc.assert(
      fc.property(seconds, request, (at, directives) => {
        if (at >= 600) expect(reuseAt(at, directives)).toBe('unusable');
        if (at >= 60) expect(['revalidate', 'unusable']).toContain(reuseAt(at, directives, FORBIDS_STALE));
        if (at >= 60) expect(reuseAt(at, directives)).not.toBe('fresh');
      }),
    );
  });
});

describe('what is immutable (RFC 8246 §2)', () => {
  const immutable = { ...STORED, immutable: true } as const;

  it('is not asked for again by a mere reload while it is fresh', () => {
    expect(reuseAt(0, 'max-age=0', immutable)).toBe('fresh');
    expect(reuseAt(59, 'max-age=10', immutable)).toBe('fresh');
    expect(reuseAt(60, 'max-age=0', immutable)).toBe('revalidate');
  });

  it.each(['no-cache', 'min-fresh=100'])('is asked for under %s', request => {
    expect(reuseAt(1, request, immutable)).toBe('revalidate');
  });
});
