import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../shared/http/fields.ts';
import { computeFreshness } from '../../../shared/http/freshness.ts';
import { type CachePolicy, PROFILES } from '../../../shared/http/policy.ts';

const RECEIVED = Date.UTC(2026, 8, 21, 12, 0, 0);
const ETAG = ['etag', '"a"'] as const;

const POLICY: CachePolicy = {
  ...PROFILES.safe,
  staleWhileRevalidateSeconds: 7,
  staleIfErrorSeconds: 70,
  keepSeconds: 700,
};

/** The windows in seconds after receipt. */
function windowsOf(cacheControl: string, fields: Fields = [], policy = POLICY) {
  const all: Fields = [['cache-control', cacheControl], ...fields];
  const input = { status: 200, fields: all, policy, requestedAt: RECEIVED, receivedAt: RECEIVED };
  const freshness = computeFreshness(input);
  const { freshUntil, staleWhileRevalidateUntil, staleIfErrorUntil, deadAt } = freshness;
  const instants = [freshUntil, staleWhileRevalidateUntil, staleIfErrorUntil, deadAt];
  return instants.map(instant => (instant - RECEIVED) / 1000);
}

describe('windows', () => {
  it('follow each other: fresh, stale by default, kept while it can be validated', () => {
    expect(windowsOf('max-age=60', [ETAG])).toEqual([60, 67, 130, 760]);
  });

  it('end with the last use where nothing can be validated', () => {
    expect(windowsOf('max-age=60')).toEqual([60, 67, 130, 130]);
  });

  it('count stale time from expiry, as the response says it (RFC 5861 §3, §4)', () => {
    expect(windowsOf('max-age=600, stale-while-revalidate=30, stale-if-error=1200')).toEqual([
      600, 630, 1800, 1800,
    ]);
    expect(windowsOf('max-age=600, stale-while-revalidate=0, stale-if-error=0')).toEqual([
      600, 600, 600, 600,
    ]);
  });

  it('count from generation, so Age shortens them', () => {
    expect(windowsOf('max-age=60', [['age', '50']])).toEqual([10, 17, 80, 80]);
    expect(windowsOf('max-age=60', [['age', '100']])).toEqual([-40, -33, 30, 30]);
  });

  it('count a route lifetime from receipt, whatever Age says', () => {
    expect(windowsOf('max-age=60', [['age', '100']], { ...POLICY, ttlSeconds: 5 })).toEqual([5, 12, 75, 75]);
  });
});

describe('what forbids stale (RFC 9111 §4.2.4)', () => {
  it.each([
    'max-age=60, must-revalidate',
    'max-age=60, proxy-revalidate',
    's-maxage=60',
    'max-age=9, s-maxage=60',
  ])('%s: no default applies', cacheControl => {
    expect(windowsOf(cacheControl, [ETAG])).toEqual([60, 60, 60, 760]);
  });

  it.each(['s-maxage=60', 'max-age=60, must-revalidate', 'max-age=60, proxy-revalidate'])(
    '%s yields to the own word of the response, unless the policy is strict',
    cacheControl => {
      const value = `${cacheControl}, stale-while-revalidate=5, stale-if-error=9`;
      expect(windowsOf(value, [ETAG])).toEqual([60, 65, 69, 760]);
      expect(windowsOf(value, [ETAG], { ...POLICY, staleDirectivesWin: false })).toEqual([60, 60, 60, 760]);
    },
  );

  it('lets one of the two speak only for itself', () => {
    expect(windowsOf('s-maxage=60, stale-while-revalidate=5', [ETAG])).toEqual([60, 65, 60, 760]);
  });

  it('no-cache: never fresh and never stale, though kept to be validated (§5.2.2.4)', () => {
    const value = 'no-cache, max-age=60, stale-while-revalidate=5, stale-if-error=9';
    expect(windowsOf(value, [ETAG])).toEqual([0, 0, 0, 760]);
    expect(windowsOf('no-cache', [ETAG])).toEqual([0, 0, 0, 700]);
  });

  it('no-cache for some fields does not concern the rest', () => {
    expect(windowsOf('no-cache="x-user", max-age=60')).toEqual([60, 67, 130, 130]);
  });

  it.each([
    ['max-age=60', false],
    ['no-cache', true],
    ['must-revalidate', true],
    ['proxy-revalidate', true],
    ['s-maxage=1, stale-while-revalidate=5', true],
  ])('%s: a client may not ask for stale: %s', (cacheControl, staleForbidden) => {
    const fields: Fields = [['cache-control', cacheControl]];
    const input = { status: 200, fields, policy: POLICY, requestedAt: RECEIVED, receivedAt: RECEIVED };
    expect(computeFreshness(input).staleForbidden).toBe(staleForbidden);
  });
});

describe('laws', () => {
  const directive = fc.constantFrom(
    'no-cache',
    'must-revalidate',
    'max-age=9',
    's-maxage=5',
    'stale-if-error=3',
    'public',
  );
  const anyFields = fc
    .tuple(fc.array(directive), fc.constantFrom('', '0', '7', '99'), fc.boolean())
    .map(([directives, age, tagged]): Fields => {
      const fields: Fields = [
        ['cache-control', directives.join(', ')],
        ['age', age],
      ];
      return tagged ? [...fields, ETAG] : fields;
    });

  it('fresh ends before stale, stale before the end', () => {
    fc.assert(
      fc.property(anyFields, fields => {
        const input = { status: 200, fields, policy: POLICY, requestedAt: RECEIVED, receivedAt: RECEIVED };
        const { freshUntil, staleWhileRevalidateUntil, staleIfErrorUntil, deadAt } = computeFreshness(input);
        expect(freshUntil).toBeLessThanOrEqual(staleWhileRevalidateUntil);
        expect(freshUntil).toBeLessThanOrEqual(staleIfErrorUntil);
        expect(Math.max(staleWhileRevalidateUntil, staleIfErrorUntil)).toBeLessThanOrEqual(deadAt);
      }),
    );
  });

  it('a wrong clock at the origin, ±5 minutes, changes nothing of max-age', () => {
    fc.assert(
      fc.property(fc.integer({ min: -300, max: 300 }), skewSeconds => {
        const date = new Date(RECEIVED + skewSeconds * 1000).toUTCString();
        expect(windowsOf('max-age=60', [['date', date]])).toEqual([60, 67, 130, 130]);
      }),
    );
  });
});

describe('an error that was provoked once (CPDoS)', () => {
  const fields: Fields = [
    ['cache-control', 'max-age=3600, stale-while-revalidate=86400, stale-if-error=86400'],
  ];
  const usableFor = (status: number, policy: CachePolicy) => {
    const input = { status, fields, policy, requestedAt: RECEIVED, receivedAt: RECEIVED };
    return (computeFreshness(input).deadAt - RECEIVED) / 1000;
  };

  it.each([400, 404, 500, 503])('of status %d ends with its bound, whatever it says of stale', status => {
    expect(usableFor(status, PROFILES.safe)).toBe(10);
    expect(usableFor(status, PROFILES.static)).toBe(10);
  });

  it('keeps its own windows where the profile sets no bound, and so does what is no error', () => {
    expect(usableFor(404, { ...PROFILES.strict, staleDirectivesWin: true })).toBe(90_000);
    expect(usableFor(200, PROFILES.safe)).toBe(90_000);
  });
});

describe('a field addressed to this cache (RFC 9213 §2.2)', () => {
  it('takes Cache-Control and Expires out of play', () => {
    const expires = ['expires', 'Mon, 21 Sep 2026 13:00:00 GMT'] as const;
    expect(windowsOf('max-age=60', [['cdn-cache-control', 'max-age=5'], expires])[0]).toBe(5);
    expect(windowsOf('max-age=60', [['cdn-cache-control', 'must-revalidate'], expires])[0]).toBe(0);
  });

  it('says nothing when it is invalid', () => {
    expect(windowsOf('max-age=60', [['cdn-cache-control', 'max-age=5,,']])[0]).toBe(60);
  });
});

describe('a stored failure by the letter of the RFC', () => {
  const staleIfErrorUntil = (status: number, cacheControl = 'max-age=60') => {
    const fields: Fields = [['cache-control', cacheControl]];
    const input = { status, fields, policy: PROFILES.strict, requestedAt: RECEIVED, receivedAt: RECEIVED };
    return (computeFreshness(input).staleIfErrorUntil - RECEIVED) / 1000;
  };

  it('does not stand in for another one, unless it says so', () => {
    expect([500, 502, 503, 504].map(status => staleIfErrorUntil(status))).toEqual([60, 60, 60, 60]);
    expect(staleIfErrorUntil(503, 'max-age=60, stale-if-error=30')).toBe(90);
  });

  it('while an answer that is no failure does', () => {
    expect(staleIfErrorUntil(404)).toBe(3_660);
  });
});

it('remembers what is immutable', () => {
  const immutableOf = (cacheControl: string) => {
    const fields: Fields = [['cache-control', cacheControl]];
    const input = { status: 200, fields, policy: POLICY, requestedAt: RECEIVED, receivedAt: RECEIVED };
    return computeFreshness(input).immutable;
  };
  expect([immutableOf('max-age=60, immutable'), immutableOf('max-age=60')]).toEqual([true, undefined]);
});
