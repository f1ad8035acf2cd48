import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../shared/http/fields.ts';
import type { Lifetime } from '../../../shared/http/lifetime.ts';
import { mayAnswerGet } from '../../../shared/http/post-for-get.ts';

const URL_ASKED = 'https://example.com/report?year=2026';
const SAME: Fields = [['content-location', '/report?year=2026']];
const FRESH: Lifetime = { lifetimeSeconds: 60, source: 'max-age' };

interface Given {
  readonly method?: string;
  readonly url?: string;
  readonly status?: number;
  readonly lifetime?: Lifetime;
  readonly upstreamOrigin?: string;
}

const allowed = (
  fields: Fields,
  { method = 'POST', url = URL_ASKED, status = 200, lifetime = FRESH, ...rest }: Given = {},
) => mayAnswerGet({ method, url, status, fields, lifetime, ...rest });

describe('a POST may answer a later GET (RFC 9110 §9.3.3)', () => {
  it.each([
    '/report?year=2026',
    '?year=2026',
    URL_ASKED,
    'https://example.com:443/report?year=2026',
    './report?year=2026',
    '',
  ])('when Content-Location is the target: %j', location =>
    expect(allowed([['content-location', location]])).toBe(true),
  );

  it.each([
    '/report',
    '/report?year=2025',
    '/Report?year=2026',
    'http://example.com/report?year=2026',
    'https://example.org/report?year=2026',
    'http://[',
  ])('not when it is %j', location => expect(allowed([['content-location', location]])).toBe(false));

  it('when it names the target as the origin knows it', () => {
    const fields: Fields = [['content-location', 'http://10.0.0.7:3000/report?year=2026']];
    expect(allowed(fields)).toBe(false);
    expect(allowed(fields, { upstreamOrigin: 'http://10.0.0.7:3000' })).toBe(true);
  });

  it('not without it, though Location names the target', () => {
    expect(allowed([['location', '/report?year=2026']])).toBe(false);
  });

  it.each(['max-age', 's-maxage', 'expires'] as const)('when %s says how long', source => {
    expect(allowed(SAME, { lifetime: { lifetimeSeconds: 1, source } })).toBe(true);
    expect(allowed(SAME, { lifetime: { lifetimeSeconds: 0, source } })).toBe(false);
  });

  it.each(['heuristic', 'route', 'none'] as const)(
    'not when that is %s: the origin did not say it',
    source => {
      expect(allowed(SAME, { lifetime: { lifetimeSeconds: 60, source } })).toBe(false);
    },
  );

  it.each([201, 206, 303, 404, 500])('not with status %d', status => {
    expect(allowed(SAME, { status })).toBe(false);
  });

  it.each(['PUT', 'PATCH', 'GET', 'post'])('%s never', method => {
    expect(allowed(SAME, { method })).toBe(false);
  });

  it('whatever fragment the client kept', () => {
    expect(allowed(SAME, { url: `${URL_ASKED}#top` })).toBe(true);
  });
});
