import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createRedisKeys, shortenFacets } from '../../../shared/cache/redis-keys.ts';

const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');
const keys = createRedisKeys('shop');
const lookup = (facets: Record<string, string>) => ({
  base: 'https://a.test/',
  facets: new Map(Object.entries(facets)),
  tags: [],
});

describe('keys in Redis', () => {
  it('all begin with the prefix and the format', async () => {
    const names = [keys.mark, ...keys.tokens(['a']), await keys.entry('k'), keys.hardPrefix, keys.softPrefix];
    expect(names.filter(name => !name.startsWith('shop:1:'))).toEqual([]);
  });

  it('of tokens come hard and soft by turns, in the order of the tags', () => {
    expect(keys.tokens(['b', ',a'])).toEqual(['shop:1:t:b', 'shop:1:s:b', 'shop:1:t:,a', 'shop:1:s:,a']);
  });

  it('of entries are of one length, however long the base', async () => {
    const base = `https://a.test/${'x'.repeat(16_384)}`;
    expect(await keys.entry(base)).toBe(`shop:1:e:${hash('sha256', base).slice(0, 40)}`);
  });

  it('of variants hang on the base key, by the hash that the script computes too', async () => {
    const base = await keys.entry('https://a.test/');
    const given = lookup({ lang: 'de', dnt: '1' });
    expect(await keys.variant(given, [])).toBe(base);
    expect(await keys.variant(given, ['enc', 'lang'])).toBe(`${base}:${hash('sha1', 'enc\nlang:de')}`);
  });
});

describe('facets on their way to Redis', () => {
  const shortened = async (value: string) => (await shortenFacets(new Map([['a', value]]))).get('a');

  it('go as they are when short', async () => {
    for (const value of ['', 'de', 'é'.repeat(64), 'a:b c', '%0A', 'a#'])
      expect(await shortened(value)).toBe(value);
  });

  it('go as their hash when long, or when a line cannot hold them', async () => {
    for (const value of ['x'.repeat(65), 'a\nb', 'a\\b', '#', `#${hash('sha256', 'x').slice(0, 40)}`])
      expect(await shortened(value)).toBe(`#${hash('sha256', value).slice(0, 40)}`);
  });

  it('are not to be confused with the hash of another', async () => {
    const long = 'x'.repeat(100);
    expect(await shortened((await shortened(long)) ?? '')).not.toBe(await shortened(long));
  });
});
