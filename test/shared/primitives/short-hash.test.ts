import { expect, test } from 'vitest';
import { longHash, shortHash } from '../../../shared/primitives/short-hash.ts';

test('is FNV-1a, as its authors give it', () => {
  expect(['', 'a', 'foobar'].map(shortHash)).toEqual(
    [0x811c9dc5, 0xe40c292c, 0xbf9cf968].map(value => value.toString(36)),
  );
});

test('is FNV-1a of 64 bits, as its authors give it', () => {
  expect(['', 'a', 'foobar'].map(longHash)).toEqual([
    'cbf29ce484222325',
    'af63dc4c8601ec8c',
    '85944171f73967e8',
  ]);
  expect(longHash('ü')).toBe(longHash('\u00fc'));
  expect(longHash('ü')).not.toBe(longHash('u'));
});

test('tells texts apart, and has nothing that separates words', () => {
  const names = Array.from({ length: 5_000 }, (_, at) => shortHash(`//shop.test/products/${at}`));
  expect(new Set(names).size).toBeGreaterThan(4_990);
  expect(names.every(name => /^[0-9a-z]{1,7}$/.test(name))).toBe(true);
});
