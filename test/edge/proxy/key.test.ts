import fc from 'fast-check';
import { expect, test } from 'vitest';
import { targetOf } from '../../../edge/proxy/key.ts';
import { createRequestKey, type KeyConfig } from '../../../shared/config/key-schema.ts';

const target = (url: string, query: 'all' | string[] = 'all') => targetOf(new URL(url), keyed({ query }));
const keyed = (key: KeyConfig) => {
  const settings = { profile: 'safe', tracking: 'keep', cors: false } as const;
  return { key: createRequestKey(key, settings) };
};

test.each([
  ['http://h/a?b=1', 'http://h/a?b=1', '/a?b=1'],
  ['http://H:80/a?', 'http://h/a', '/a'],
  ['https://h:8443/%41%2f//x?&&', 'https://h:8443/%41%2f//x?&&', '/%41%2f//x?&&'],
  ['http://h//evil.example/x#f', 'http://h//evil.example/x', '//evil.example/x'],
])('%s is keyed and forwarded as one text', (url, key, forwarded) => {
  expect(target(url)).toEqual({ key, target: forwarded });
});

test('a parameter that is left out of the key is left out of the request', () => {
  expect(target('http://h/a?x=1&page=2&page=3&y', ['page', 'y']).target).toBe('/a?page=2&page=3&y');
  expect(target('http://h/a?x=1', ['page']).target).toBe('/a');
});

test.each(['%70age=2', 'page;x=2', 'Page=2', 'page%3D2'])(
  'no other spelling passes for a named parameter: %s',
  pair => {
    expect(target(`http://h/a?${pair}`, ['page']).target).toBe('/a');
  },
);

test('two URLs with one key are forwarded alike', () => {
  const path = fc.webPath();
  const query = fc.webQueryParameters();
  fc.assert(
    fc.property(path, query, path, query, (p1, q1, p2, q2) => {
      const [one, two] = [target(`http://h${p1}?${q1}`), target(`http://h${p2}?${q2}`)];
      expect(one.key === two.key).toBe(one.target === two.target);
    }),
  );
});

test('one URL is named by each route in that route’s way', () => {
  const url = new URL('http://shop.example/a?x=1&q=2');
  const names = () => [targetOf(url, keyed({ query: ['q'] })).target, targetOf(url, keyed({})).target];
  expect([names(), names()]).toEqual([
    ['/a?q=2', '/a?q=2&x=1'],
    ['/a?q=2', '/a?q=2&x=1'],
  ]);
});
