import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CdnCapabilities } from '../../../../shared/cdn/capabilities.ts';
import type { InvalidationOrder } from '../../../../shared/cdn/order.ts';
import { planInvalidation } from '../../../../shared/cdn/plan/plan-invalidation.ts';
import {
  AZURE_CAPABILITIES,
  cloudFrontCapabilities,
  cloudflareCapabilities,
  GOOGLE_CAPABILITIES,
} from '../../../../shared/cdn/providers/limits.ts';
import type { Target } from '../../../../shared/cdn/target.ts';

const cloudfront = cloudFrontCapabilities({ tags: true });
const cloudflare = cloudflareCapabilities('free');

const plan = (
  order: InvalidationOrder,
  capabilities: CdnCapabilities,
  options: { hosts?: readonly string[]; collapseAbove?: number } = {},
) => planInvalidation({ order, tagsAtCdn: order.tags ?? [] }, { capabilities, hosts: [], ...options });

const targetsOf = (...args: Parameters<typeof plan>) => plan(...args).calls.flatMap(({ targets }) => targets);
const urls = (count: number, at = 'https://a.example/p/') =>
  Array.from({ length: count }, (_, i) => `${at}${i}`);
const tags = (count: number) => Array.from({ length: count }, (_, i) => `t${i}`);

describe('10,000 addresses and 500 tags', () => {
  const order = { urls: urls(10_000), tags: tags(500) };

  it.each([
    // 10,500 items, 3,000 at a time.
    ['CloudFront', cloudfront, 4],
    // 100 calls of files, 5 of tags.
    ['Cloudflare', cloudflare, 105],
    ['Cloudflare Enterprise', cloudflareCapabilities('enterprise'), 25],
    // One path a call, ten tags a call.
    ['Google', GOOGLE_CAPABILITIES, 10_050],
  ])('are the fewest calls that %s allows', (_, capabilities, calls) => {
    const planned = plan(order, capabilities);
    expect(planned.calls).toHaveLength(calls);
    expect(planned.targets).toBe(10_500);
    expect(planned.refused).toEqual([]);
  });

  it('are the addresses alone for Azure, and the tags refused with a code', () => {
    const planned = plan(order, AZURE_CAPABILITIES);
    expect(planned.calls).toHaveLength(100);
    expect(planned.refused).toMatchObject([{ code: 'CDN_TAGS_UNSUPPORTED', items: 500 }]);
  });

  it('are a few calls for Google where the operator lets folders stand for their addresses', () => {
    const planned = plan(order, GOOGLE_CAPABILITIES, { collapseAbove: 100 });
    expect(planned.calls).toHaveLength(51);
    expect(planned.collapsed).toEqual([{ prefix: 'a.example/p/', urls: 10_000 }]);
  });
});

describe('a tag', () => {
  it.each([
    ['CloudFront without tags', cloudFrontCapabilities({ tags: false })],
    ['Azure', AZURE_CAPABILITIES],
  ])('never becomes everything at %s: it is refused', (_, capabilities) => {
    const planned = plan({ tags: ['a'] }, capabilities);
    expect(planned.calls).toEqual([]);
    expect(planned.refused).toMatchObject([{ code: 'CDN_TAGS_UNSUPPORTED', items: 1 }]);
  });

  it('is the addresses that the index knows it by', () => {
    const known = new Map([
      ['a', ['https://a.example/1', 'https://a.example/2']],
      ['none', []],
    ]);
    const order = { tags: ['a', 'none'] };
    const planned = planInvalidation(
      { order, tagsAtCdn: order.tags, known },
      { capabilities: AZURE_CAPABILITIES, hosts: [] },
    );
    expect(planned.calls).toMatchObject([{ host: 'a.example', targets: [{ path: '/1' }, { path: '/2' }] }]);
    expect(planned.refused).toEqual([]);
  });

  it('with more addresses than the index keeps is refused, not done in part', () => {
    const planned = planInvalidation(
      { order: { tags: ['a'] }, tagsAtCdn: ['a'], known: new Map([['a', 'incomplete' as const]]) },
      { capabilities: AZURE_CAPABILITIES, hosts: [] },
    );
    expect(planned.calls).toEqual([]);
    expect(planned.refused).toMatchObject([{ code: 'CDN_TAG_INDEX_INCOMPLETE' }]);
  });
});

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

describe('folding', () => {
  it('leaves out what lies under something else, and keeps tags', () => {
    const order = {
      urls: ['https://a.example/a/1', 'https://a.example/b', 'https://a.example/ab'],
      prefixes: ['https://a.example/a/', 'https://a.example/a/deep/'],
      tags: ['t'],
    };
    expect(
      targetsOf(order, cloudfront).map(target => ('path' in target ? target.path : target.kind)),
    ).toEqual(['/b', '/ab', 'tag', '/a/']);
    expect(targetsOf({ ...order, everything: true }, cloudfront)).toEqual([{ kind: 'everything' }]);
    expect(targetsOf({ ...order, hosts: ['a.example'] }, cloudflare)).toEqual([
      { kind: 'tag', tag: 't' },
      { kind: 'host', host: 'a.example' },
    ]);
  });
});

describe('collapsing', () => {
  it('names the smallest crowded folders, and never a whole host', () => {
    const order = {
      urls: [
        ...urls(6, 'https://a.example/x/y/'),
        ...urls(3, 'https://a.example/x/'),
        ...urls(9, 'https://a.example/'),
      ],
    };
    const planned = plan(order, GOOGLE_CAPABILITIES, { collapseAbove: 5 });
    expect(planned.collapsed).toEqual([{ prefix: 'a.example/x/y/', urls: 6 }]);
    expect(planned.targets).toBe(1 + 3 + 9);
  });

  it('never happens unasked', () => {
    expect(plan({ urls: urls(10_000) }, GOOGLE_CAPABILITIES).collapsed).toEqual([]);
  });
});

describe('asked softly', () => {
  it('is soft where the CDN can, and says that it is hard where not', () => {
    expect(plan({ everything: true, mode: 'soft' }, cloudflare)).toMatchObject({
      mode: 'soft',
      calls: [{ mode: 'soft' }],
    });
    expect(plan({ everything: true, mode: 'soft' }, cloudfront).mode).toBe('hard');
  });
});

describe('any order', () => {
  const segment = fc.constantFrom('a', 'b', 'ab', 'C', 'd%20e');
  const path = fc.array(segment, { maxLength: 4 }).map(parts => `/${parts.join('/')}`);
  const host = fc.constantFrom('a.example', 'b.example:8443');
  const url = fc
    .tuple(host, path, fc.constantFrom('', '?q=1', '?q=2'))
    .map(([at, name, query]) => `https://${at}${name}${query}`);
  const folder = fc.tuple(host, path).map(([at, name]) => `https://${at}${name.replace(/\/?$/, '/')}`);
  const order = fc.record({
    urls: fc.array(url, { minLength: 1, maxLength: 60 }),
    prefixes: fc.array(folder, { minLength: 1, maxLength: 6 }),
    tags: fc.array(fc.constantFrom(...tags(40)), { minLength: 1, maxLength: 40 }),
  });
  const capabilities = fc.constantFrom(cloudfront, cloudflare, AZURE_CAPABILITIES, GOOGLE_CAPABILITIES);

  /** Told independently of the planner: whether some target's plain text form reaches an address. */
  const reaches = (target: Target, item: URL, { addressing }: CdnCapabilities): boolean => {
    if (target.kind === 'tag') return false;
    if (target.kind === 'everything') return true;
    if (addressing.host !== 'ignored' && target.host !== item.host) return false;
    if (target.kind === 'host') return true;
    const asked = addressing.query === 'all' ? item.pathname : item.pathname + item.search;
    const given = addressing.letterCase === 'ignored' ? asked.toLowerCase() : asked;
    return target.kind === 'url' ? target.path === given : given.startsWith(target.path);
  };

  it('is reached whole, names nothing that was not ordered, twice, or beyond a limit', () => {
    fc.assert(
      fc.property(order, capabilities, (given, at) => {
        const { calls } = plan(given, at);
        const targets = calls.flatMap(call => call.targets);
        for (const item of given.urls)
          expect(targets.some(target => reaches(target, new URL(item), at))).toBe(true);
        const isRefused = (prefix: string) => at === cloudfront && new URL(prefix).pathname === '/';
        for (const prefix of given.prefixes.filter(each => !isRefused(each)))
          expect(targets.some(target => reaches(target, new URL(`${prefix}deep/er`), at))).toBe(true);
        expect(targets.some(({ kind }) => kind === 'everything')).toBe(false);
        for (const target of targets)
          if (target.kind === 'host') expect(given.prefixes).toContain(`https://${target.host}/`);
        const outside = new URL('https://a.example/nobody/named/this');
        const isOrdered = at !== cloudfront && given.prefixes.includes('https://a.example/');
        if (!isOrdered) expect(targets.some(target => reaches(target, outside, at))).toBe(false);
        expect(new Set(targets.map(target => JSON.stringify(target))).size).toBe(targets.length);
        for (const call of calls)
          for (const { kinds, perCall } of at.pools)
            expect(call.targets.filter(({ kind }) => kinds.includes(kind)).length).toBeLessThanOrEqual(
              perCall,
            );
      }),
      { numRuns: 100 },
    );
  });

  it('is planned alike each time', () => {
    fc.assert(
      fc.property(order, capabilities, (given, at) => {
        expect(plan(given, at)).toEqual(plan(structuredClone(given), at));
      }),
      { numRuns: 30 },
    );
  });
});
