import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field, Fields } from '../../../shared/http/fields.ts';
import { type CachePolicy, PROFILES } from '../../../shared/http/policy.ts';
import { decideStorable, storedFields, whyNotShared } from '../../../shared/http/storable.ts';

const NOW = Date.UTC(2026, 8, 21, 12, 0, 0);
const ETAG: Field = ['etag', '"a"'];
const FRESH: Field = ['cache-control', 'max-age=60'];

interface Exchange {
  readonly method?: string;
  readonly request?: Fields;
  readonly status?: number;
  readonly policy?: CachePolicy;
  readonly unnamedHeaders?: readonly string[];
}

/** 'stored', or why not. */
function outcome(response: Fields, exchange: Exchange = {}): string {
  const {
    method = 'GET',
    request = [],
    status = 200,
    policy = PROFILES.safe,
    unnamedHeaders = [],
  } = exchange;
  const input = {
    method,
    requestFields: request,
    status,
    responseFields: response,
    policy,
    now: NOW,
    unnamedHeaders,
  };
  const decision = decideStorable(input);
  return decision.storable ? 'stored' : decision.why;
}

const cacheControl = (value: string): Field => ['cache-control', value];
const STRICT = { policy: PROFILES.strict };

describe('the request', () => {
  it.each(['HEAD', 'POST', 'OPTIONS', 'PURGE', 'get'])('%s stores nothing', method => {
    expect(outcome([FRESH], { method })).toBe('method');
  });

  it('no-store stores nothing, under any policy (RFC 9111 §5.2.1.5)', () => {
    const request: Fields = [['cache-control', 'No-Store']];
    expect(outcome([FRESH], { request })).toBe('request-no-store');
    expect(outcome([FRESH], { request, policy: PROFILES.static })).toBe('request-no-store');
    expect(outcome([FRESH], { request: [['cache-control', 'no-cache, max-age=0']] })).toBe('stored');
  });
});

describe('the status', () => {
  it.each([200, 203, 204, 299, 300, 301, 302, 303, 307, 308, 400, 403, 404, 410, 418, 451, 500, 503, 599])(
    '%d is stored with explicit freshness (RFC 9111 §3)',
    status => {
      expect(outcome([FRESH], { status })).toBe('stored');
    },
  );

  it.each([100, 103, 199, 304, 600, 999])('%d never', status => {
    expect(outcome([FRESH], { status, ...STRICT })).toBe('status');
  });

  it('a part is never the whole', () => {
    expect(outcome([FRESH], { status: 206, ...STRICT })).toBe('partial');
  });

  it.each([405, 406, 415, 416, 417, 426, 431])(
    '%d, which one odd request can provoke, only under strict',
    status => {
      expect(outcome([FRESH], { status })).toBe('status');
      expect(outcome([FRESH], { status, ...STRICT })).toBe('stored');
    },
  );

  it('must-understand wants a status we know, and then lifts no-store (§5.2.2.3)', () => {
    const response = [cacheControl('max-age=60, no-store, must-understand')];
    expect(outcome(response, { status: 200 })).toBe('stored');
    expect(outcome(response, { status: 599 })).toBe('status');
    expect(outcome([cacheControl('max-age=60, must-understand')], { status: 299 })).toBe('status');
    expect(outcome([cacheControl('max-age=60, no-store, must-understand=1')])).toBe('no-store');
  });
});

describe('the response', () => {
  it.each([
    ['max-age=60, no-store', 'no-store'],
    ['NO-STORE, max-age=60', 'no-store'],
    ['max-age=60 no-store', 'no-store'],
    ['PrIvAtE, max-age=60', 'private'],
    ['public, private, max-age=60', 'private'],
    ['private="", max-age=60', 'private'],
    ['private="vary", max-age=60', 'private'],
    ['private="x-user", max-age=60', 'stored'],
    ['no-cache="x-user", max-age=60', 'stored'],
  ])('%s: %s', (value, expected) => {
    expect(outcome([cacheControl(value), ETAG])).toBe(expected);
  });

  it.each(['set-cookie', 'set-cookie2'])('with %s is never shared, under any policy', name => {
    const response: Fields = [cacheControl('public, max-age=60'), [name, 'session=1']];
    for (const policy of Object.values(PROFILES)) expect(outcome(response, { policy })).toBe('set-cookie');
    expect(outcome([cacheControl('max-age=60, no-cache="set-cookie"'), [name, 'a=1']], STRICT)).toBe(
      'set-cookie',
    );
  });

  it('with Vary: * could match no request', () => {
    expect(outcome([FRESH, ['vary', 'accept'], ['vary', '*']])).toBe('vary-star');
  });
});

describe('credentials', () => {
  const authorization: Fields = [['authorization', 'Bearer x']];
  const cookie: Fields = [['cookie', 'session=1']];

  it.each([
    ['max-age=60', 'authorization'],
    ['max-age=60, proxy-revalidate', 'authorization'],
    ['max-age=60, s-maxage=x', 'authorization'],
    ['max-age=60, public=1', 'authorization'],
    ['max-age=60, public', 'stored'],
    ['s-maxage=60', 'stored'],
    ['max-age=60, must-revalidate', 'stored'],
  ])('Authorization and %s: %s (RFC 9111 §3.5)', (value, expected) => {
    expect(outcome([cacheControl(value), ETAG], { request: authorization })).toBe(expected);
    expect(outcome([cacheControl(value), ETAG], { request: authorization, ...STRICT })).toBe(expected);
  });

  it.each([
    ['max-age=60', 'cookie'],
    ['max-age=60, must-revalidate', 'cookie'],
    ['max-age=60, public', 'stored'],
    ['s-maxage=60', 'stored'],
  ])('Cookie and %s: %s, but under strict stored', (value, expected) => {
    expect(outcome([cacheControl(value), ETAG], { request: cookie })).toBe(expected);
    expect(outcome([cacheControl(value), ETAG], { request: cookie, ...STRICT })).toBe('stored');
  });

  it('Cookie is no obstacle where the response is keyed by it', () => {
    expect(outcome([FRESH, ['vary', 'accept, Cookie']], { request: cookie })).toBe('stored');
    expect(outcome([FRESH, ['vary', 'authorization']], { request: authorization })).toBe('authorization');
  });

  it('ask the same of a stored response before it is reused', () => {
    const sharing = { requestFields: cookie, policy: PROFILES.safe };
    expect(whyNotShared({ ...sharing, responseFields: [FRESH] })).toBe('cookie');
    expect(whyNotShared({ ...sharing, responseFields: [cacheControl('public')] })).toBeUndefined();
    expect(whyNotShared({ ...sharing, requestFields: [], responseFields: [FRESH] })).toBeUndefined();
  });

  it('a route lifetime is no consent', () => {
    const policy = { ...PROFILES.safe, ttlSeconds: 600 };
    expect(outcome([], { policy, request: authorization })).toBe('authorization');
    expect(outcome([], { policy, request: cookie })).toBe('cookie');
    expect(outcome([cacheControl('private')], { policy })).toBe('private');
    expect(outcome([cacheControl('no-store')], { policy })).toBe('no-store');
    expect(outcome([], { policy })).toBe('stored');
  });
});

describe('unknown request headers', () => {
  it('keep the answer out unless its Vary names each of them', () => {
    const unnamedHeaders = ['x-a', 'x-b'];
    expect(outcome([FRESH], { unnamedHeaders })).toBe('header');
    expect(outcome([FRESH, ['vary', 'X-A']], { unnamedHeaders })).toBe('header');
    expect(outcome([FRESH, ['vary', 'X-A'], ['vary', 'accept, X-B']], { unnamedHeaders })).toBe('stored');
  });
});

describe('use', () => {
  it('is asked last, so that the reason given is the stronger one', () => {
    expect(outcome([])).toBe('no-freshness');
    expect(outcome([cacheControl('max-age=0')])).toBe('expired');
    expect(outcome([cacheControl('private')])).toBe('private');
  });
});

describe('storedFields (RFC 9111 §3.1)', () => {
  it('keeps neither the connection, nor one user, nor this moment', () => {
    const response: Fields = [
      ['date', 'Mon, 21 Sep 2026 11:59:00 GMT'],
      cacheControl('max-age=60, private="X-User, set-cookie", no-cache="x-cart"'),
      ['connection', 'x-hop'],
      ['x-hop', '1'],
      ['x-user', 'me'],
      ['x-cart', '3'],
      ['set-cookie', 'a=1'],
      ['age', '7'],
      ['x-kept', '1'],
    ];
    expect(storedFields(response, NOW)).toEqual([response[0], response[1], ['x-kept', '1']]);
  });

  it.each([[[]], [[['date', 'today']]], [[['date', '']]]] as Fields[][])(
    'gives %j the Date of receipt (RFC 9110 §6.6.1)',
    fields => {
      expect(storedFields(fields, NOW)).toEqual([['date', 'Mon, 21 Sep 2026 12:00:00 GMT']]);
    },
  );
});

describe('laws', () => {
  const responseField = fc.oneof(
    fc.tuple(
      fc.constant('cache-control'),
      fc.constantFrom(
        'max-age=9',
        'public',
        'private',
        'no-store',
        's-maxage=9',
        'no-cache',
        'must-understand',
        'x="',
      ),
    ),
    fc.constantFrom<Field>(
      ETAG,
      ['set-cookie', 'a=1'],
      ['vary', '*'],
      ['vary', 'x-a'],
      ['expires', '0'],
      ['age', '99'],
    ),
    fc.tuple(fc.constantFrom('cache-control', 'vary', 'expires', 'date', 'age'), fc.string()),
  );
  const requestField = fc.constantFrom<Field>(
    ['authorization', 'x'],
    ['cookie', 'a=1'],
    ['cache-control', 'no-store'],
  );

  it('never stores what is private, a cookie, or unconsented credentials; never throws', () => {
    fc.assert(
      fc.property(
        fc.array(responseField),
        fc.array(requestField),
        fc.integer({ min: 100, max: 999 }),
        fc.constantFrom(...Object.values(PROFILES)),
        (response, request, status, policy) => {
          if (outcome(response, { request, status, policy }) !== 'stored') return;
          const names = response.map(([name]) => name);
          const directives = response.filter(([name]) => name === 'cache-control').map(([, value]) => value);
          expect(names).not.toContain('set-cookie');
          expect(directives).not.toContain('private');
          if (!directives.includes('must-understand')) expect(directives).not.toContain('no-store');
          if (request.some(([name]) => name === 'authorization')) {
            expect(directives.some(value => /public|s-maxage|must-revalidate/.test(value))).toBe(true);
          }
          expect(status >= 200 && status < 600 && status !== 206).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('a field addressed to shared caches (RFC 9213)', () => {
  const targeted = (value: string): Field => ['cdn-cache-control', value];

  it('decides in place of Cache-Control', () => {
    expect(outcome([cacheControl('no-store'), targeted('max-age=60')])).toBe('stored');
    expect(outcome([FRESH, targeted('no-store')])).toBe('no-store');
    expect(outcome([FRESH, targeted('private')])).toBe('private');
    expect(outcome([cacheControl('no-store'), targeted('max-age=60,,')])).toBe('no-store');
  });

  it('with a lifetime means to share what a cookie asked for, but not what credentials did (RFC 9111 §3.5)', () => {
    expect(outcome([targeted('max-age=60')], { request: [['cookie', 'a=1']] })).toBe('stored');
    expect(outcome([targeted('max-age=0'), ETAG], { request: [['cookie', 'a=1']] })).toBe('cookie');
    expect(outcome([targeted('max-age=60')], { request: [['authorization', 'Basic eA==']] })).toBe(
      'authorization',
    );
  });
});
