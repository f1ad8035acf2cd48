import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../shared/http/fields.ts';
import { addSecurityHeaders, type SecurityHeaders } from '../../../shared/http/security-headers.ts';

const added = (options: SecurityHeaders = {}, fields: Fields = [], isHttps = true) =>
  Object.fromEntries(addSecurityHeaders(fields, options, isHttps).slice(fields.length));

const DEFAULTS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'strict-origin-when-cross-origin',
};

describe('what is added', () => {
  it('by default breaks no page: no CSP, no HSTS', () => {
    expect(added()).toEqual(DEFAULTS);
  });

  it('is nothing where everything is refused', () => {
    expect(added({ noSniff: false, frameOptions: false, referrerPolicy: false })).toEqual({});
  });

  it('is what was asked for', () => {
    expect(
      added({
        frameOptions: 'DENY',
        referrerPolicy: 'no-referrer',
        openerPolicy: 'same-origin',
        permissionsPolicy: 'camera=()',
        contentSecurityPolicy: "default-src 'self'",
      }),
    ).toEqual({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=()',
      'content-security-policy': "default-src 'self'",
    });
  });

  it('leaves framing to a policy that speaks of it', () => {
    expect(added({}, [['content-security-policy', "frame-ancestors 'none'"]])).not.toHaveProperty(
      'x-frame-options',
    );
    expect(added({ contentSecurityPolicy: 'Frame-Ancestors https://a.example' })).not.toHaveProperty(
      'x-frame-options',
    );
    expect(added({}, [['content-security-policy', "default-src 'self'"]])).toHaveProperty('x-frame-options');
  });
});

describe('Strict-Transport-Security (RFC 6797 §6.1)', () => {
  it.each([
    [{ maxAgeSeconds: 300 }, 'max-age=300'],
    [{ maxAgeSeconds: 0 }, 'max-age=0'],
    [{ maxAgeSeconds: 1, includeSubDomains: true }, 'max-age=1; includeSubDomains'],
    [{ maxAgeSeconds: 1, includeSubDomains: true, preload: true }, 'max-age=1; includeSubDomains; preload'],
  ])('%j', (transportSecurity, expected) => {
    expect(added({ transportSecurity })['strict-transport-security']).toBe(expected);
  });

  it('is not sent over http (§7.2)', () => {
    expect(added({ transportSecurity: { maxAgeSeconds: 1 } }, [], false)).toEqual(DEFAULTS);
  });
});

it('never touches what the origin says', () => {
  const name = fc.constantFrom(
    'x-frame-options',
    'referrer-policy',
    'content-security-policy',
    'strict-transport-security',
    'x-a',
  );
  const asked = { contentSecurityPolicy: 'x', transportSecurity: { maxAgeSeconds: 1 } };
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.string())), fields => {
      const result = addSecurityHeaders(fields, asked, true);
      expect(result.slice(0, fields.length)).toEqual(fields);
      const own = new Set<string>(fields.map(([given]) => given));
      expect(result.slice(fields.length).filter(([given]) => own.has(given))).toEqual([]);
    }),
  );
});
