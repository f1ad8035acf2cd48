import { expect, test } from 'vitest';
import { shortHash } from '../../../shared/primitives/short-hash.ts';

test('is FNV-1a, as its authors give it', () => {
  expect(['', 'a', 'foobar'].map(shortHash)).toEqual(
    [0x811c9dc5, 0xe40c292c, 0xbf9cf968].map(value => value.toString(36)),
  );
});

test('tells texts apart, and has nothing that separates words', () => {
  const names = Array.from({ length: 5_000 }, (_, at) => shortHash(`//shop.test/products/${at}`));
  expect(new Set(names).size).toBeGreaterThan(4_990);
  expect(names.every(name => /^[0-9a-z]{1,7}$/.test(name))).toBe(true);
});
