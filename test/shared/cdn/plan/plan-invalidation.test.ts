import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CdnCapabilities } from '../../../../shared/cdn/capabilities.ts';
import { planInvalidation } from '../../../../shared/cdn/plan/plan-invalidation.ts';
import {
  AZURE_CAPABILITIES,
  cloudFrontCapabilities,
  cloudflareCapabilities,
  GOOGLE_CAPABILITIES,
} from '../../../../shared/cdn/providers/limits.ts';
import type { Target } from '../../../../shared/cdn/target.ts';
import { cloudflare, cloudfront, plan, tags, targetsOf, urls } from './planning.ts';

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
