import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVERYTHING_TAG, hostTag, ownTags, prefixesOf, urlTag } from '../../../edge/proxy/own-tags.ts';
import { isCacheTag } from '../../../shared/http/cache-tags.ts';
import { isPlainPrefix, LONGEST_PREFIX, MOST_PREFIXES } from '../../../shared/http/url-prefix.ts';

it.each([
  ['https://h/', [',//h/', ',h//h', ',*']],
  ['http://h/a', [',//h/a', ',p//h/a', ',h//h', ',*']],
  ['http://h/a?b=/c/', [',//h/a?b=/c/', ',p//h/a', ',h//h', ',*']],
  ['http://h:81/a/b/', [',//h:81/a/b/', ',p//h:81/a/', ',p//h:81/a/b/', ',h//h', ',*']],
  ['http://[::1]:8080/a', [',//[::1]:8080/a', ',p//[::1]:8080/a', ',h//[::1]', ',*']],
])('%s carries its own tags', (key, tags) => {
  expect(ownTags(key)).toEqual(tags);
});

describe('a tag of its own', () => {
  it('of a URL knows no scheme', () => {
    expect(urlTag('https://h/a?b')).toBe(urlTag('http://h/a?b'));
    expect(urlTag('https://h/a')).not.toBe(urlTag('https://h2/a'));
  });

  it('of a host knows no port', () => {
    expect(hostTag('[::1]:8080')).toBe(hostTag('[::1]'));
    expect(hostTag('h:80')).toBe(hostTag('h'));
  });

  it('is one that no origin can name', () => {
    const url = fc.webUrl({ withQueryParameters: true });
    fc.assert(
      fc.property(url, text => {
        expect(ownTags(new URL(text).href).some(isCacheTag)).toBe(false);
      }),
    );
  });

  it('of one kind is never that of another', () => {
    const kinds = [ownTags('http://h/a')[0], ownTags('http://h/a')[1], hostTag('h/a'), EVERYTHING_TAG];
    expect(new Set(kinds).size).toBe(4);
  });
});

describe('the folders above a path', () => {
  it('are bounded in number and length', () => {
    const deep = `/${'a/'.repeat(20)}page`;
    expect(prefixesOf(deep)).toEqual(
      Array.from({ length: MOST_PREFIXES }, (_, i) => `/${'a/'.repeat(i + 1)}`),
    );
    const long = `/a/${'b'.repeat(LONGEST_PREFIX)}/c`;
    expect(prefixesOf(long)).toEqual(['/a/']);
  });

  it('reach as deep as a prefix may go', () => {
    const segment = fc.stringMatching(/^[a-z]{1,200}$/);
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 10 }), parts => {
        const prefix = `/${parts.join('/')}/`;
        expect(prefixesOf(`${prefix}page`).includes(prefix)).toBe(isPlainPrefix(prefix));
      }),
    );
  });

  it('are those it begins with, and it is below no other', () => {
    const segment = fc.constantFrom('a', 'ab', '', '%2F', 'b');
    const path = fc.array(segment, { minLength: 1, maxLength: 6 }).map(parts => `/${parts.join('/')}`);
    fc.assert(
      fc.property(path, path, (page, folder) => {
        const isBelow = page.startsWith(`${folder}/`);
        expect(prefixesOf(page).includes(`${folder}/`)).toBe(isBelow);
      }),
    );
  });
});
