import { describe, expect, it } from 'vitest';
import { tellTags } from '../../../../edge/proxy/delivering/tell-tags.ts';
import type { Fields } from '../../../../shared/http/fields.ts';
import { cacheable, planOf } from '../../exchange.ts';

const exchangeWith = (tagHeader?: string) =>
  cacheable(
    { path: '/products/7' },
    planOf({ ...(tagHeader && { tagHeader }), routes: [{ match: '/products/:id', tags: ['product-:id'] }] }),
  );
const plain: Fields = [['cache-control', 'max-age=60']];
const stored = (...fields: [string, string][]): Fields => [...plain, ...fields];

describe('the tags of a response', () => {
  it('are told nobody, unless the configuration names a header', () => {
    expect(tellTags(plain, stored(['cache-tag', 'a']), exchangeWith())).toBe(plain);
  });

  it('are those of the origin and of the route, as CDNs take them', () => {
    const told = tellTags(
      plain,
      stored(['cache-tag', 'Home, a*b'], ['surrogate-key', 'x']),
      exchangeWith('Cache-Tag'),
    );
    expect(new Map(told).get('cache-tag')?.split(',')).toEqual([
      'x',
      'home',
      expect.stringMatching(/^hr-/),
      'product-7',
    ]);
  });

  it('stand apart by spaces in Surrogate-Key', () => {
    const told = tellTags(plain, stored(['cache-tag', 'a,b']), exchangeWith('Surrogate-Key'));
    expect(told).toContainEqual(['surrogate-key', 'a b product-7']);
  });

  it.each([
    ['more than CDNs keep', Array.from({ length: 51 }, (_, at) => `t${at}`).join(',')],
    ['that cannot be kept', 'ä'],
  ])('%s: no CDN may store what it could not be told to forget', (_, tags) => {
    const told = tellTags(plain, stored(['cache-tag', tags]), exchangeWith('Cache-Tag'));
    expect(told).toEqual([['cache-control', 'private, no-cache']]);
  });
});
