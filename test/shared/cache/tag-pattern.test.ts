import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTagPattern, unitePatterns } from '../../../shared/cache/tag-pattern.ts';
import { growthOf } from '../../growth.ts';

const matches = (glob: string, tag: string) => createTagPattern(glob).matches(tag);

describe('a pattern', () => {
  it.each([
    ['/a', '/a', true],
    ['/a', '/ab', false],
    ['/a*', '/a', true],
    ['*', '', true],
    ['/a*/b*', '/a/x/b/c', true],
    ['*.css', '/x.css.map', false],
    ['*ab*ab', 'ab', false],
    ['*ab*ab', 'abab', true],
    ['a*a', 'a', false],
    ['a**b', 'ab', true],
    ['a.c', 'abc', false],
    ['[a]?\\', '[a]?\\', true],
  ])('%s and %s: %s', (glob, tag, expected) => {
    expect(matches(glob, tag)).toBe(expected);
  });

  const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '*', '(', '\\'), maxLength: 8 });

  it('matches as the regular expression with a gap for each star does', () => {
    const tag = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.'), maxLength: 12 });
    const escaped = (part: string) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    fc.assert(
      fc.property(text, tag, (glob, candidate) => {
        const regexp = new RegExp(`^${glob.split('*').map(escaped).join('[^]*')}$`);
        expect(matches(glob, candidate)).toBe(regexp.test(candidate));
      }),
      { numRuns: 2_000 },
    );
  });

  it('says what all that match begin with', () => {
    fc.assert(
      fc.property(text, text, (glob, filling) => {
        const { startsWith, matches: isLike } = createTagPattern(glob);
        const tag = glob.replaceAll('*', () => filling);
        expect(isLike(tag) && tag.startsWith(startsWith)).toBe(true);
      }),
    );
  });

  it('united with others matches what any of them does', () => {
    const globs = fc.array(text, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(globs, text, (given, tag) => {
        const all = given.map(createTagPattern);
        const united = unitePatterns(all);
        expect(united.matches(tag)).toBe(all.some(({ matches: isLike }) => isLike(tag)));
        expect(all.every(({ startsWith }) => startsWith.startsWith(united.startsWith))).toBe(true);
      }),
    );
  });

  it('fails in linear time, however it is made', () => {
    const fail = (length: number) => matches(`${'a*'.repeat(length / 16)}c*b`, `${'a'.repeat(length)}b`);
    expect(fail(4_096)).toBe(false);
    expect(growthOf(4_096, fail)).toBeLessThan(100);
  });
});
