import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendCdnLoop, isLooping, MAX_PASSES, ownCdnLoop } from '../../../shared/http/cdn-loop.ts';
import { type Fields, fieldValue } from '../../../shared/http/fields.ts';

const loop = (...lines: string[]): Fields => lines.map(line => ['cdn-loop', line] as const);

describe('CDN-Loop (RFC 8586 §2)', () => {
  it.each([
    [[], false],
    [['headrace'], false],
    [['headrace, headrace'], false],
    [['headrace, headrace, headrace'], true],
    [['headrace', 'foo, headrace', 'headrace'], true],
    [['Headrace, HEADRACE ; a=b, headrace;x="y, z";w=1'], true],
    [['foo123.foocdn.example, barcdn.example; trace="abcdef", AnotherCDN; abc=123; def="456"'], false],
    [['headrace.example, headrace.example, headrace.example'], false],
    [['x="headrace, headrace, headrace"'], false],
    [['a;b="headrace", a;b="headrace", a;b="headrace"'], false],
  ])('%j loops: %s', (lines, expected) => {
    expect(isLooping(loop(...lines))).toBe(expected);
  });

  it('keeps what is there', () => {
    const signed = appendCdnLoop(loop('foo;a="b, c"'));
    expect(fieldValue(signed, 'cdn-loop')).toBe('foo;a="b, c", headrace');
  });

  it('ends every circle after so many passes, whatever others write into it', () => {
    const other = fc.constantFrom('foo', 'barcdn.example; trace="abcdef"', '');
    fc.assert(
      fc.property(fc.array(other, { minLength: MAX_PASSES, maxLength: MAX_PASSES }), others => {
        let request: Fields = [];
        for (const line of others) {
          expect(isLooping(request)).toBe(false);
          request = appendCdnLoop([...request, ['cdn-loop', line]]);
        }
        expect(isLooping(request)).toBe(true);
      }),
    );
  });

  it('carries on our own signatures alone where the answer is for everyone, and still ends the circle', () => {
    expect(ownCdnLoop(loop('<script>, Headrace;a=b', 'other'))).toEqual([['cdn-loop', 'headrace, headrace']]);
    let request: Fields = [];
    for (let pass = 0; pass < MAX_PASSES; pass++) {
      expect(isLooping(request)).toBe(false);
      request = ownCdnLoop(request);
    }
    expect(isLooping(request)).toBe(true);
  });
});
