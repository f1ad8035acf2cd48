import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequestUrl } from '../../../shared/http/request-url.ts';

const PARTS = ['protocol', 'host', 'origin', 'pathname', 'search'] as const;

function partsOf(url: ReturnType<typeof parseRequestUrl>) {
  return Object.fromEntries(PARTS.map(part => [part, url[part]]));
}

describe('the parts of a URL are those that the parser finds', () => {
  it.each([
    'http://shop.example/',
    'http://shop.example/a/b?c=d&c=e',
    'https://shop.example/a?',
    'http://shop.example/a??',
    'http://SHOP.Example:80/a',
    'https://shop.example:443/a',
    'https://shop.example:80/a',
    'http://127.1/a',
    'http://[::1]:8080/a',
    'http://münchen.example/a',
    'http://shop.example/a/../b',
    'http://shop.example/a/./b',
    'http://shop.example/a/..',
    'http://shop.example/a/%2e%2e/b',
    'http://shop.example/.well-known/x',
    'http://shop.example/a.b..c',
    'http://shop.example/a?b=/../c',
    'http://shop.example/a\\b',
    'http://shop.example/a#b',
    'http://shop.example/é?é',
    "http://shop.example/'?'",
    'http://shop.example/"<>`{}|^[]',
    'http://shop.example?a',
    'http://user@shop.example/a',
  ])('%s', text => {
    expect(partsOf(parseRequestUrl(text))).toEqual(partsOf(new URL(text)));
  });

  it('whatever the characters of its path and query', () => {
    const character = fc.oneof(
      fc.constantFrom(...'/.?#%\\&=;:@\'"<>{}|^`[]~!$()*+,-_ \t'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom('%2e', '%2E', '/..', '/.', 'a', 'Z', '9'),
    );
    const target = fc.array(character, { maxLength: 12 }).map(list => list.join(''));
    const host = fc.constantFrom('a.example', 'A.example:80', '127.1', 'xn--a', '[::1]:1', '1.2.3.4:443');
    const property = fc.property(
      fc.constantFrom('http', 'https'),
      host,
      target,
      (scheme, authority, path) => {
        const text = `${scheme}://${authority}/${path}`;
        if (!URL.canParse(text)) return;
        expect(partsOf(parseRequestUrl(text))).toEqual(partsOf(new URL(text)));
      },
    );
    fc.assert(property, { numRuns: 2_000 });
  });
});
