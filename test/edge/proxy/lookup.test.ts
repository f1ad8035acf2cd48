import { expect, test } from 'vitest';
import { knownTags, lookupOf } from '../../../edge/proxy/lookup.ts';
import { cacheable, planOf } from '../exchange.ts';

test('a lookup knows beforehand its own tags and the route’s', () => {
  const plan = planOf({ routes: [{ match: '/items/:id', tags: ['item-:id'] }] });
  const exchange = cacheable({ path: '/items/7?x' }, plan);
  const tags = [
    ',//shop.example/items/7?x',
    ',p//shop.example/items/',
    ',p//shop.example/items/7',
    ',h//shop.example',
    ',*',
    'item-7',
  ];
  expect(knownTags(exchange)).toEqual(tags);
  expect(lookupOf(exchange)).toMatchObject({ base: 'http://shop.example/items/7?x', tags });
});

test('its facets are all that the origin may ask for, each in one spelling', () => {
  const { facets } = lookupOf(cacheable({ headers: { 'Accept-Language': 'DE , en', 'X-Shop': 'at' } }));
  expect([facets.get('accept-language'), facets.get('x-shop'), facets.get('cookie')]).toEqual([
    'de,en',
    'at',
    undefined,
  ]);
});

test('a facet is the same whether it is asked for alone or with all', () => {
  const headers = { 'Accept-Encoding': 'GZIP;q=0.5, br', 'Accept-Language': 'de', 'X-Shop': 'at' };
  const { facets } = lookupOf(cacheable({ headers }));
  const all = new Map(facets.entries());
  expect(all.size).toBeGreaterThanOrEqual(3);
  for (const [name, value] of all) expect([name, facets.get(name)]).toEqual([name, value]);
  expect(lookupOf(cacheable({})).facets.get('accept-encoding')).toBeUndefined();
});
