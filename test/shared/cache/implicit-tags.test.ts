import fc from 'fast-check';
import { expect, it } from 'vitest';
import { implicitTags, tagOfPrefix } from '../../../shared/cache/implicit-tags.ts';

it('a key carries one tag for everything and one for each of its first four prefixes', () => {
  expect(implicitTags('k')).toEqual([tagOfPrefix('')]);
  expect(implicitTags('a:b:c:d:e:f')).toEqual(['', 'a:', 'a:b:', 'a:b:c:', 'a:b:c:d:'].map(tagOfPrefix));
});

it('no two prefixes share a tag, and every tag can travel', () => {
  const prefix = fc.string({ unit: 'binary', maxLength: 20 }).map(text => `${text.replaceAll(':', '')}:`);
  fc.assert(
    fc.property(prefix, prefix, (left, right) => {
      expect(tagOfPrefix(left)).toMatch(/^,[!-+\--~]+$/);
      expect(tagOfPrefix(left) === tagOfPrefix(right)).toBe(left.toWellFormed() === right.toWellFormed());
    }),
  );
});

it.each(['a', 'a:b', 'a:b:c:d:e:'])('%s is no prefix that a purge can name', prefix => {
  expect(() => tagOfPrefix(prefix)).toThrow(expect.objectContaining({ code: 'CACHE_KEY_INVALID' }));
});
