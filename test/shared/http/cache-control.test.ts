import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  NO_DIRECTIVES,
  parseCacheControl,
  parseRequestDirectives,
  parseResponseDirectives,
  withheldFields,
} from '../../../shared/http/cache-control.ts';

describe('parseCacheControl', () => {
  it('reads every directive in any letter case (RFC 9111 §5.2)', () => {
    expect(
      parseCacheControl(
        'Max-Age=1, S-MAXAGE=2, No-Store, PUBLIC, Must-Revalidate, Proxy-Revalidate, Must-Understand, No-Transform, ' +
          'Immutable, Only-If-Cached, Max-Stale=3, Min-Fresh=4, Stale-While-Revalidate=5, Stale-If-Error=6, ' +
          'No-Cache, Private',
      ),
    ).toEqual({
      maxAge: 1,
      sMaxage: 2,
      noCache: true,
      private: true,
      noStore: true,
      public: true,
      mustRevalidate: true,
      proxyRevalidate: true,
      mustUnderstand: true,
      noTransform: true,
      immutable: true,
      onlyIfCached: true,
      maxStale: 3,
      minFresh: 4,
      staleWhileRevalidate: 5,
      staleIfError: 6,
    });
  });

  it('knows nothing where nothing is said', () => {
    expect(NO_DIRECTIVES).toEqual({
      noCache: false,
      private: false,
      noStore: false,
      public: false,
      mustRevalidate: false,
      proxyRevalidate: false,
      mustUnderstand: false,
      noTransform: false,
      immutable: false,
      onlyIfCached: false,
    });
    expect(parseCacheControl(undefined)).toEqual(NO_DIRECTIVES);
    expect(parseCacheControl('')).toEqual(NO_DIRECTIVES);
    expect(parseCacheControl('x-ext=1, constructor, __proto__="a", toString')).toEqual(NO_DIRECTIVES);
  });

  it('reads durations as tokens and as quoted strings (§5.2)', () => {
    expect(parseCacheControl('max-age="60"').maxAge).toBe(60);
    expect(parseCacheControl('x="max-age=60"').maxAge).toBeUndefined();
  });

  it.each([
    '',
    '=',
    '=abc',
    '=-1',
    '=1.5',
    '=60s',
    '=s60',
    "='60'",
    '="6 0"',
    '=60;x',
    ' =60',
    '= 60',
    '=60 61',
    '="60',
  ])('takes the invalid max-age%s for 0: stale, never fresh (§4.2.1)', argument => {
    expect(parseCacheControl(`max-age${argument}`).maxAge).toBe(0);
    expect(parseCacheControl(`public, s-maxage${argument}`).sMaxage).toBe(0);
  });

  it.each([
    ['max-age=10, max-age=20', 10],
    ['max-age=20, max-age=10', 10],
    ['max-age=20, max-age=x', 0],
    ['max-age=x, max-age=20', 0],
  ])('takes the stricter of %s (§4.2.1)', (value, seconds) => {
    expect(parseCacheControl(value).maxAge).toBe(seconds);
  });

  it('takes the larger of two min-fresh, the smaller of two max-stale, any without a number (§5.2.1)', () => {
    expect(parseCacheControl('min-fresh=5, min-fresh=9').minFresh).toBe(9);
    expect(parseCacheControl('min-fresh=0').minFresh).toBe(0);
    expect(parseCacheControl('max-stale').maxStale).toBe('any');
    expect(parseCacheControl('max-stale, max-stale=5').maxStale).toBe(5);
    expect(parseCacheControl('max-stale=5, max-stale').maxStale).toBe(5);
    expect(parseCacheControl('max-stale=x').maxStale).toBe(0);
    expect(parseCacheControl('max-stale=').maxStale).toBe(0);
  });
});

describe('malformed directives count against reuse and never for it', () => {
  it.each([
    'no-store=1',
    'no-store="x"',
    'no-store;',
    'public no-store',
    'max-age=60 no-store',
    'a="b, no-store',
    'no-store x',
  ])('sees no-store in %j', value => {
    expect(parseCacheControl(value).noStore).toBe(true);
  });

  it.each([
    'private=',
    'private;',
    'public private',
    'private=" , "',
    'private="a b"',
    'private="a:b"',
    'Private x',
  ])('takes %j for private of everything', value => {
    expect(parseCacheControl(value).private).toBe(true);
  });

  it.each(['public=1', 'public;', 'public x', 'x="y, public'])('takes %j for no permission', value => {
    expect(parseCacheControl(value).public).toBe(false);
  });

  it('does not believe a must-understand that is malformed, since it would lift no-store (§5.2.2.3)', () => {
    expect(parseCacheControl('no-store, must-understand=1').mustUnderstand).toBe(false);
  });
});

describe('the qualified forms (§5.2.2.4, §5.2.2.7)', () => {
  it.each([
    ['private="X-User"', ['x-user']],
    ['private=x-user', ['x-user']],
    ['private="X-A, x-b ,"', ['x-a', 'x-b']],
    ['private="x-a", private="x-b"', ['x-a', 'x-b']],
    ['private="x-a", private', true],
    ['private, private="x-a"', true],
    ['private=""', true],
  ])('reads %s', (value, expected) => {
    expect(parseCacheControl(value).private).toEqual(expected);
    expect(parseCacheControl(value.replaceAll('private', 'no-cache')).noCache).toEqual(expected);
  });

  it.each([
    'vary',
    'Cache-Control',
    'content-encoding',
    'expires',
    'date',
    'age',
    'content-length',
    'content-type',
  ])('takes the whole response where the list names %s, which a stored response cannot do without', name => {
    expect(parseCacheControl(`private="x-a, ${name}"`).private).toBe(true);
  });
});

it('withheldFields names the fields of both qualified forms', () => {
  const value = 'private="x-a", no-cache="x-b, x-c"';
  expect([...withheldFields(parseCacheControl(value))].sort()).toEqual(['x-a', 'x-b', 'x-c']);
  expect(withheldFields(parseCacheControl('private, no-cache'))).toEqual([]);
});

describe('the directives of a message', () => {
  it('joins repeated lines', () => {
    const fields = [
      ['cache-control', 'max-age=60'],
      ['cache-control', 'no-store'],
    ] as const;
    expect(parseResponseDirectives(fields)).toMatchObject({ maxAge: 60, noStore: true });
  });

  it('hears Pragma of a request only without Cache-Control (§5.4)', () => {
    expect(parseRequestDirectives([['pragma', 'no-cache']]).noCache).toBe(true);
    expect(parseRequestDirectives([['pragma', 'x, No-Cache']]).noCache).toBe(true);
    expect(parseRequestDirectives([['pragma', 'no-store, max-age=0']])).toEqual(NO_DIRECTIVES);
    const both = [
      ['pragma', 'no-cache'],
      ['cache-control', 'max-age=60'],
    ] as const;
    expect(parseRequestDirectives(both)).toEqual({ ...NO_DIRECTIVES, maxAge: 60 });
  });

  it('hears no Pragma of a response, for which it means nothing (§5.4)', () => {
    expect(parseResponseDirectives([['pragma', 'no-cache']])).toEqual(NO_DIRECTIVES);
  });
});

describe('laws', () => {
  const piece = fc.constantFrom(
    'no-store',
    'private',
    'max-age=',
    '60',
    '"',
    '\\',
    ',',
    ' ',
    '=',
    ';',
    'public',
    'x',
  );
  const anyValue = fc.oneof(
    fc.string(),
    fc.array(piece).map(pieces => pieces.join('')),
  );

  it('never throws, and durations are whole seconds within 2^31', () => {
    fc.assert(
      fc.property(anyValue, value => {
        const { maxAge = 0, sMaxage = 0, minFresh = 0, staleIfError = 0 } = parseCacheControl(value);
        for (const seconds of [maxAge, sMaxage, minFresh, staleIfError]) {
          expect(Number.isInteger(seconds) && seconds >= 0 && seconds <= 2 ** 31).toBe(true);
        }
      }),
    );
  });

  it('is never loosened by a further line, unless that opens a quote around it', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (one, other) => {
        fc.pre(!one.includes('"'));
        const alone = parseCacheControl(other);
        const after = parseCacheControl(`${one}, ${other}`);
        if (alone.noStore) expect(after.noStore).toBe(true);
        if (alone.maxAge !== undefined) expect(after.maxAge).toBeLessThanOrEqual(alone.maxAge);
        if (alone.private === true) expect(after.private).toBe(true);
      }),
    );
  });
});
