import { describe, expect, test } from 'vitest';
import { knownTags, lookupOf } from '../../../edge/proxy/lookup.ts';
import { EVERYTHING_TAG, urlTags } from '../../../edge/proxy/own-tags.ts';
import { createIsolates } from '../../fakes/isolates.ts';
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

describe('what the tags cost in Redis', () => {
  async function open() {
    const { clock, redis, isolate } = await createIsolates<string>({ tagsTtlMs: 1_000 });
    const priceOf = async (work: () => unknown) => {
      const before = redis.bill();
      await work();
      const after = redis.bill();
      return { trips: after.trips - before.trips, billed: after.billed - before.billed };
    };
    return { isolate, priceOf, clock };
  }

  test('a hit and a check are one trip each and no more commands, however deep the path', async () => {
    const { isolate, priceOf, clock } = await open();
    const lookup = lookupOf(cacheable({ path: '/a/b/c/d/e/f/g/h/i/j?k' }));
    const [one, other] = [isolate(), isolate()];
    const value = { meta: '', body: new Uint8Array(1), tags: lookup.tags, deadAt: clock() + 60_000 };
    await one.write({ reading: await one.read(lookup), varies: [], value });
    expect(await priceOf(() => other.read(lookup))).toEqual({ trips: 1, billed: 2 });
    clock.advance(1_000);
    expect(await priceOf(() => other.read(lookup))).toEqual({ trips: 1, billed: 1 });
  });

  test('a purge is one trip, whatever it reaches', async () => {
    const { isolate, priceOf } = await open();
    const cache = isolate();
    await cache.purge(['first'], { soft: false });
    const purge = (tags: readonly string[]) => priceOf(() => cache.purge(tags, { soft: false }));
    expect(await purge(urlTags('http://h/a'))).toEqual({ trips: 1, billed: 7 });
    expect(await purge([EVERYTHING_TAG])).toEqual({ trips: 1, billed: 6 });
  });
});
