import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDirectives } from '../../../shared/http/directives.ts';
import { growthOf } from '../../growth.ts';

const names = (value: string) =>
  readDirectives(value).map(({ name, malformed }) => (malformed ? `${name}!` : name));

describe('readDirectives', () => {
  it('reads the forms of RFC 9111 §5.2: name, name=token, name="quoted string"', () => {
    expect(readDirectives('No-Store,  max-age=60 ,ext="a, \\"b\\" \\\\"')).toEqual([
      { name: 'no-store', malformed: false },
      { name: 'max-age', argument: '60', malformed: false },
      { name: 'ext', argument: 'a, "b" \\', malformed: false },
    ]);
  });

  it.each([
    ['', []],
    [' , ,\t', []],
    [',a,,b,', ['a', 'b']],
    ['a=', ['a!']],
    ['a=,b', ['a!', 'b']],
    ['a =1, b', ['a!', '1!', 'b']],
    ['a= 1, b', ['a!', '1!', 'b']],
    ['a b, c', ['a!', 'b!', 'c']],
    ['a=1 b, c', ['a!', 'b!', 'c']],
    ['a;b=1, c', ['a!', 'b!', 'c']],
    ['a="x"y, c', ['a!', 'y!', 'c']],
    ['a="x""y", c', ['a!', 'y!', 'c!']],
    ['"a", b', ['a!', 'b!']],
    ['a="never closed, b=1, c', ['a!', 'never!', 'closed!', 'b!', 'c!']],
    ['(a), b', ['a!', 'b']],
    [';a, b', ['a!', 'b']],
    ['\ta,\t b', ['a', 'b']],
    ['é, b', ['b']],
    ['a=é, b', ['a!', 'b']],
    ['a="é", b', ['a', 'b']],
  ])('reads %j', (value, expected) => {
    expect(names(value)).toEqual(expected);
  });

  it('never loses a directive between commas, whatever stands around it', () => {
    const junk = fc.string({ unit: 'binary-ascii' });
    fc.assert(
      fc.property(junk, junk, (before, after) => {
        const found = readDirectives(`${before.replaceAll('"', '')},no-store,${after}`);
        expect(found).toContainEqual({ name: 'no-store', malformed: false });
      }),
    );
  });

  it('gives back what was written', () => {
    const token = fc.stringMatching(/^[a-z0-9!#$%&'*+.^_`|~-]+$/);
    const directive = fc.record({ name: token, argument: fc.string({ unit: 'grapheme-ascii' }) });
    fc.assert(
      fc.property(fc.array(directive), directives => {
        const quoted = directives.map(
          ({ name, argument }) => `${name}="${argument.replace(/["\\]/g, '\\$&')}"`,
        );
        expect(readDirectives(quoted.join(','))).toEqual(
          directives.map(given => ({ ...given, malformed: false })),
        );
      }),
    );
  });

  it.each(['a="\\', '="', '"\\"', 'a=', 'a ', '\\="'])('takes a hostile value in linear time: %s', piece => {
    const read = (length: number) => readDirectives(`a="${piece.repeat(length / piece.length)}`);
    expect(growthOf(4_096, read)).toBeLessThan(100);
  });
});
