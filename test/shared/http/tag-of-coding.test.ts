import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEntityTag } from '../../../shared/http/etag.ts';
import { conditionsAtOrigin, withOriginTag, withTagOfCoding } from '../../../shared/http/tag-of-coding.ts';

const there = (tag: string, coding: 'br' | 'gzip' | 'zstd' = 'br') =>
  withTagOfCoding([['etag', tag]], coding)[0]?.[1];
const back = (tag: string) => withOriginTag([['etag', tag]])[0]?.[1];
const condition = (name: string, value: string) => conditionsAtOrigin([[name, value]])[0]?.[1];

describe('the tag of a coding (RFC 9110 §8.8.3.3)', () => {
  it.each([
    ['"a"', '"a~hr-br"'],
    ['""', '"~hr-br"'],
    ['"a-gzip"', '"a-gzip~hr-br"'],
    ['"a~hr-gzip"', '"a~hr-br"'],
    ['W/"a"', 'W/"a"'],
    ['a', 'a'],
  ])('%s becomes %s', (tag, expected) => {
    expect(there(tag)).toBe(expected);
  });

  it('is not made up where there is none', () => {
    expect(withTagOfCoding([['vary', 'a']], 'br')).toEqual([['vary', 'a']]);
  });

  it('leads back to the origin’s', () => {
    const opaque = fc.string({ unit: fc.constantFrom(...'ab~-hr!#,\\') });
    fc.assert(
      fc.property(opaque, fc.constantFrom('br', 'gzip', 'zstd'), (text, coding) => {
        const tagged = there(`"${text}"`, coding) ?? '';
        expect(parseEntityTag(tagged)?.weak).toBe(false);
        expect(back(tagged)).toBe(`"${text}"`);
      }),
    );
  });

  it('differs from coding to coding', () => {
    expect(new Set([there('"a"', 'br'), there('"a"', 'gzip'), there('"a"', 'zstd'), '"a"']).size).toBe(4);
  });
});

describe('the origin’s tag', () => {
  it.each(['"a"', '"a-gzip"', '"a~hr-deflate"', '"a~hr-br~"', 'W/"a~hr-br"', 'a~hr-br'])('%s stays', tag => {
    expect(back(tag)).toBe(tag);
  });
});

describe('conditions on their way to the origin', () => {
  it.each([
    ['"a~hr-br"', '"a"'],
    ['"b", "a~hr-gzip" ,"x,y~hr-zstd"', '"b", "a" ,"x,y"'],
    ['"a"', '"a"'],
    ['*', '*'],
    ['a, "b~hr-br"', 'a, "b"'],
    ['"a~hr-br~"', '"a~hr-br~"'],
  ])('If-Match: %s asks for %s', (value, expected) => {
    expect(condition('if-match', value)).toBe(expected);
  });

  it('leave If-Range alone: a part of the origin’s bytes must not be spliced onto compressed ones', () => {
    expect(condition('if-range', '"a~hr-br"')).toBe('"a~hr-br"');
  });
});
