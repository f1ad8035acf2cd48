/** What an item of an order is at each CDN, as plans have it. */

import { describe, expect, it } from 'vitest';
import type { CdnCapabilities } from '../../../../shared/cdn/capabilities.ts';
import { AZURE_CAPABILITIES, GOOGLE_CAPABILITIES } from '../../../../shared/cdn/providers/limits.ts';
import type { Target } from '../../../../shared/cdn/target.ts';
import { cloudflare, cloudfront, plan, targetsOf, urls } from './planning.ts';

describe('an address', () => {
  const item = 'https://A.example/Straße?b=2#top';

  it.each([
    ['CloudFront', cloudfront, { host: '', path: '/Stra%C3%9Fe?b=2' }],
    ['Cloudflare', cloudflare, { host: 'a.example', path: '/Stra%C3%9Fe?b=2' }],
    ['Azure', AZURE_CAPABILITIES, { host: 'a.example', path: '/stra%c3%9fe' }],
    ['Google', GOOGLE_CAPABILITIES, { host: 'a.example', path: '/Stra%C3%9Fe' }],
  ])('is what %s calls it', (_, capabilities, target) => {
    expect(targetsOf({ urls: [item] }, capabilities)).toMatchObject([target]);
  });

  it('that differs only in what a CDN does not mind is one', () => {
    const same = ['https://a.example/x?1', 'http://a.example/x?2', 'https://a.example/X'];
    expect(targetsOf({ urls: same }, AZURE_CAPABILITIES)).toHaveLength(1);
    expect(targetsOf({ urls: same }, cloudflare)).toHaveLength(3);
    expect(targetsOf({ urls: ['https://a.example/x', 'https://b.example/x'] }, cloudfront)).toHaveLength(1);
  });

  it('with what RFC 1738 calls unsafe is escaped, and what is escaped stays as it is', () => {
    expect(targetsOf({ urls: ['https://a.example/~a%20b|c'] }, cloudfront)).toMatchObject([
      { path: '/%7Ea%20b%7Cc' },
    ]);
  });

  it('is escaped for CloudFront alone: the others know it as browsers send it', () => {
    const item = { urls: ['https://a.example/~a|b'] };
    for (const capabilities of [cloudflare, AZURE_CAPABILITIES, GOOGLE_CAPABILITIES])
      expect(targetsOf(item, capabilities)).toMatchObject([{ path: '/~a|b' }]);
  });

  it('with a percent sign that begins no escape does not spoil the call it is in', () => {
    expect(targetsOf({ urls: ['https://a.example/100%/a%2Fb%zz'] }, cloudfront)).toMatchObject([
      { path: '/100%25/a%2Fb%25zz' },
    ]);
  });

  it('with a star in it is refused: it would be taken for any text', () => {
    expect(plan({ urls: ['https://a.example/a*'] }, cloudfront)).toMatchObject({
      calls: [],
      refused: [{ code: 'CDN_PATTERN_UNSUPPORTED' }],
    });
  });

  it('longer than the CDN takes is refused', () => {
    const long = `https://a.example/${'x'.repeat(1_024)}`;
    expect(plan({ urls: [long] }, GOOGLE_CAPABILITIES).refused).toMatchObject([
      { code: 'CDN_ITEM_TOO_LONG' },
    ]);
  });

  it('of a host that the CDN does not serve is not its business', () => {
    const planned = plan({ urls: ['https://a.example/1', 'https://b.example/1'] }, cloudfront, {
      hosts: ['a.example'],
    });
    expect(planned).toMatchObject({ targets: 1, elsewhere: 1, asked: 1, refused: [] });
  });
});

describe('what is wider', () => {
  it.each<[string, CdnCapabilities, readonly Partial<Target>[]]>([
    [
      'CloudFront',
      cloudfront,
      [{ path: '/a' }, { kind: 'prefix', path: '/a?' }, { kind: 'prefix', path: '/a/' }],
    ],
    ['Cloudflare', cloudflare, [{ kind: 'prefix', path: '/a', whole: true }]],
    ['Azure', AZURE_CAPABILITIES, [{ path: '/a' }, { kind: 'prefix', path: '/a/' }]],
    ['Google', GOOGLE_CAPABILITIES, [{ path: '/a' }, { kind: 'prefix', path: '/a/' }]],
  ])('a folder is that page and what is below it at %s', (_, capabilities, targets) => {
    expect(targetsOf({ prefixes: ['https://a.example/a'] }, capabilities)).toMatchObject(targets);
    expect(targetsOf({ prefixes: ['https://a.example/a/'] }, capabilities)).toMatchObject([
      { kind: 'prefix', path: '/a/' },
    ]);
  });

  it('a host is everything only where the CDN serves no other', () => {
    expect(plan({ hosts: ['a.example'] }, cloudfront).refused).toMatchObject([
      { code: 'CDN_HOST_UNSUPPORTED' },
    ]);
    expect(targetsOf({ hosts: ['a.example'] }, cloudfront, { hosts: ['a.example'] })).toEqual([
      { kind: 'everything' },
    ]);
    expect(
      plan({ hosts: ['a.example'] }, cloudfront, { hosts: ['a.example', 'b.example'] }).refused,
    ).toMatchObject([{ code: 'CDN_HOST_UNSUPPORTED' }]);
    expect(targetsOf({ hosts: ['a.example'] }, AZURE_CAPABILITIES)).toEqual([
      { kind: 'host', host: 'a.example' },
    ]);
  });

  it('a folder that is a whole host is that host', () => {
    for (const order of [{ prefixes: ['https://a.example/'] }, { patterns: ['https://a.example/*'] }]) {
      expect(plan(order, cloudfront)).toMatchObject({
        calls: [],
        refused: [{ code: 'CDN_HOST_UNSUPPORTED' }],
      });
      expect(targetsOf(order, cloudfront, { hosts: ['a.example'] })).toEqual([{ kind: 'everything' }]);
      for (const capabilities of [cloudflare, AZURE_CAPABILITIES, GOOGLE_CAPABILITIES])
        expect(targetsOf(order, capabilities)).toEqual([{ kind: 'host', host: 'a.example' }]);
    }
  });

  it('a host is known by any spelling, and with the port that goes without saying', () => {
    const named = plan({ hosts: ['A.example:443', 'b.example'] }, cloudflare, { hosts: ['a.example'] });
    expect(named).toMatchObject({ targets: 1, elsewhere: 1, refused: [] });
  });

  it.each([
    // Without their stars these would be folders, or the beginnings of much else.
    ['https://a.example/a/.*', '/a/.'],
    ['https://a.example/a/..*', '/a/..'],
    ['https://a.example/a/%2e*', '/a/%2e'],
    ['https://a.example/a?*', '/a?'],
    ['https://a.example/a?b=*', '/a?b='],
  ])('%s reaches what begins so, and no more', (pattern, path) => {
    expect(targetsOf({ patterns: [pattern] }, cloudfront)).toEqual([{ kind: 'prefix', host: '', path }]);
    for (const capabilities of [cloudflare, AZURE_CAPABILITIES, GOOGLE_CAPABILITIES])
      expect(plan({ patterns: [pattern] }, capabilities).calls).toEqual([]);
  });

  it.each([
    { patterns: ['https://a.example/a#*'] },
    { patterns: ['https://a.example/a%2*'] },
    { patterns: ['https://a.example/**'] },
    { patterns: ['https://a.example*'] },
    { prefixes: ['https://a.example/a?b=1'] },
  ])('%j is refused: nothing reaches just that', order => {
    for (const capabilities of [cloudfront, cloudflare, AZURE_CAPABILITIES, GOOGLE_CAPABILITIES])
      expect(plan(order, capabilities)).toMatchObject({
        calls: [],
        refused: [{ code: 'CDN_PATTERN_UNSUPPORTED' }],
      });
  });

  it('what is longer or deeper than a CDN takes is refused by itself, not with the call it would be in', () => {
    const long = `https://a.example/${'x'.repeat(4_000)}`;
    for (const order of [{ patterns: [`${long}*`] }, { prefixes: [long] }])
      expect(plan(order, cloudfront).refused).toMatchObject([{ code: 'CDN_ITEM_TOO_LONG' }]);
    const deep = `https://a.example/${'d/'.repeat(31)}`;
    expect(plan({ prefixes: [deep] }, cloudflare).refused).toMatchObject([{ code: 'CDN_ITEM_TOO_LONG' }]);
    expect(targetsOf({ prefixes: [deep.slice(0, -2)] }, cloudflare)).toHaveLength(1);
    const crowded = plan({ urls: urls(9, deep) }, cloudflare, { collapseAbove: 5 });
    expect(crowded.collapsed).toEqual([{ prefix: `a.example/${'d/'.repeat(30)}`, urls: 9 }]);
  });

  it('a pattern is taken where the CDN has such a thing, and never widened', () => {
    const end = { patterns: ['https://a.example/img/a*'] };
    expect(targetsOf(end, cloudfront)).toMatchObject([{ kind: 'prefix', path: '/img/a' }]);
    for (const capabilities of [cloudflare, AZURE_CAPABILITIES, GOOGLE_CAPABILITIES])
      expect(plan(end, capabilities)).toMatchObject({
        calls: [],
        refused: [{ code: 'CDN_PATTERN_UNSUPPORTED' }],
      });
    for (const capabilities of [cloudfront, cloudflare, AZURE_CAPABILITIES, GOOGLE_CAPABILITIES]) {
      const middle = plan({ patterns: ['https://a.example/*/a'] }, capabilities);
      expect(middle).toMatchObject({ calls: [], refused: [{ code: 'CDN_PATTERN_UNSUPPORTED' }] });
      expect(targetsOf({ patterns: ['https://a.example/b/*'] }, capabilities)).toMatchObject([
        { path: '/b/' },
      ]);
      expect(targetsOf({ patterns: ['*'] }, capabilities)).toEqual([{ kind: 'everything' }]);
    }
  });
});
