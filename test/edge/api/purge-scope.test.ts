import { describe, expect, test } from 'vitest';
import type { PurgeOrder } from '../../../edge/api/purge-order.ts';
import { scopeOf } from '../../../edge/api/purge-scope.ts';
import { ownTags } from '../../../edge/proxy/own-tags.ts';
import { planOf } from '../exchange.ts';

const { routes } = planOf({ routes: [{ match: '/list', key: { query: ['page'] } }] });
const scope = (selector: PurgeOrder['selector'], ...items: string[]) =>
  scopeOf({ selector, items, soft: false }, { url: 'http://shop.example:8080/purge', routes });

/** Which of these pages, on the host of the purge unless they say so, a purge reaches. */
const PAGES = [
  '/',
  '/a',
  '/a?x=1',
  '/a/',
  '/a/b',
  '/a/b.css',
  '/ab',
  'http://other.example/a/b',
  'https://shop.example/a',
];
function reached(selector: PurgeOrder['selector'], ...items: string[]): string[] {
  const { tags, like } = scope(selector, ...items);
  return PAGES.filter(page => {
    const carried = ownTags(new URL(page, 'http://shop.example:8080').href);
    return carried.some(tag => tags.includes(tag) || like?.matches(tag));
  });
}

describe('what is reached by', () => {
  test.each([
    ['urls', '/a', ['/a']],
    ['urls', 'https://shop.example:8080/a?x=1', ['/a?x=1']],
    ['prefixes', '/a', ['/a', '/a?x=1', '/a/', '/a/b', '/a/b.css']],
    ['prefixes', '/a/', ['/a/', '/a/b', '/a/b.css']],
    ['prefixes', 'http://other.example/a', ['http://other.example/a/b']],
    ['prefixes', 'http://other.example/', ['http://other.example/a/b']],
    ['hosts', 'Other.example', ['http://other.example/a/b']],
    ['hosts', 'shop.example:443', PAGES.filter(page => !page.includes('other'))],
    ['patterns', '/a/*', ['/a/', '/a/b', '/a/b.css']],
    ['patterns', '/a*', ['/a', '/a?x=1', '/a/', '/a/b', '/a/b.css', '/ab']],
    ['patterns', '/*.css', ['/a/b.css']],
    ['patterns', '/a', ['/a']],
    ['patterns', 'https://*.EXAMPLE/a/b', ['http://other.example/a/b']],
    ['patterns', 'http://other.example/*', ['http://other.example/a/b']],
    ['patterns', '*', PAGES],
    ['patterns', 'https://*/*', PAGES],
  ] as const)('%s: %s', (selector, item, pages) => {
    const found = reached(selector, item);
    expect(found).toEqual(pages);
  });

  test('everything', () => {
    expect(reached('everything')).toEqual(PAGES);
  });

  test('tags: those, as they are', () => {
    expect(scope('tags', 'a', 'b')).toEqual({ tags: ['a', 'b'], front: { kind: 'tags', tags: ['a', 'b'] } });
  });
});

test('a URL is keyed as the route keys it', () => {
  expect(scope('urls', '/list?x=1&page=2').tags).toEqual([
    ',//shop.example:8080/list?page=2',
    ',n//shop.example:8080/list',
  ]);
});

test.each(['/a/*', '/a', '*', 'http://h/*', `/${'a/'.repeat(8)}*`])('%s needs no search', pattern => {
  expect(scope('patterns', pattern).like).toBeUndefined();
});

test.each(['/a*', '/*/a', `/${'a/'.repeat(9)}*`, '/a?b=*'])('%s is searched for', pattern => {
  const { tags, like } = scope('patterns', pattern);
  expect([tags, like?.matches(`,//shop.example:8080${pattern.replace('*', 'x')}`)]).toEqual([[], true]);
  expect(like?.matches(`,//other.example${pattern.replace('*', 'x')}`)).toBe(false);
});

test('several patterns are one search beside the tags', () => {
  const { tags, like } = scope('patterns', '/a/*', '/*.css', '/b*');
  expect(tags).toEqual([',p//shop.example:8080/a/']);
  expect(like?.startsWith).toBe(',//shop.example:8080/');
  const on = (path: string) => like?.matches(`,//shop.example:8080${path}`);
  expect([on('/x.css'), on('/bc'), on('/a/b')]).toEqual([true, true, false]);
});

describe('the cache in front is told', () => {
  test.each([
    ['urls', ['/a?x', '/b'], { kind: 'paths', pathPrefixes: ['/a', '/b'] }],
    ['prefixes', ['/a/'], { kind: 'paths', pathPrefixes: ['/a/'] }],
    ['hosts', ['h'], { kind: 'everything' }],
    ['patterns', ['/a/*', '/b'], { kind: 'paths', pathPrefixes: ['/a/', '/b'] }],
    ['patterns', ['/a/*', '/b*'], { kind: 'everything' }],
    ['everything', [], { kind: 'everything' }],
  ] as const)('of %s %j no less than all of it', (selector, items, front) => {
    expect(scope(selector, ...items).front).toEqual(front);
  });
});
