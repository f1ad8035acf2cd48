import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isToken,
  MAX_DELTA_SECONDS,
  parseDeltaSeconds,
  splitList,
  trimWhitespace,
} from '../../../shared/http/grammar.ts';
import { growthOf } from '../../growth.ts';

describe('delta-seconds (RFC 9111 §1.2.2)', () => {
  it.each([
    ['0', 0],
    ['60', 60],
    ['003600', 3600],
    ['2147483647', 2_147_483_647],
    ['2147483648', 2_147_483_648],
    ['2147483649', 2_147_483_648],
    ['99999999999999999999999999', 2_147_483_648],
  ])('reads %s as %d', (text, seconds) => {
    expect(parseDeltaSeconds(text)).toBe(seconds);
  });

  it.each(['', ' ', '-1', '+1', '1.0', '1e3', '0x10', '1 ', ' 1', '1a', 'a1', "'1'", '١', 'Infinity', 'NaN'])(
    'refuses %j',
    text => {
      expect(parseDeltaSeconds(text)).toBeUndefined();
    },
  );

  it('is a whole number within the bound, or nothing', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const seconds = parseDeltaSeconds(text) ?? 0;
        expect(Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_DELTA_SECONDS).toBe(true);
      }),
    );
  });
});

describe('comma lists (RFC 9110 §5.6.1)', () => {
  it.each([
    ['foo ,bar,charlie', ['foo', 'bar', 'charlie']],
    ['foo , ,bar,charlie', ['foo', 'bar', 'charlie']],
    ['', []],
    [',', []],
    [',   ,', []],
    ['a\t,\tb', ['a', 'b']],
    ['"a,b", c', ['"a,b"', 'c']],
    ['"a\\",b", c', ['"a\\",b"', 'c']],
    ['a="x,y";b, c', ['a="x,y";b', 'c']],
    ['"never closed, c', ['"never closed, c']],
    ['"ends in a backslash, \\', ['"ends in a backslash, \\']],
  ])('splits %j', (value, members) => {
    expect(splitList(value)).toEqual(members);
  });

  it('gives back the tokens that were joined', () => {
    const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/);
    fc.assert(
      fc.property(fc.array(token), tokens => {
        expect(splitList(tokens.join(' ,\t'))).toEqual(tokens);
        expect(tokens.every(isToken)).toBe(true);
      }),
    );
  });

  it.each(['"\\"', '"', '\\', '\\"', 'a="', ',"'])('takes a hostile value in linear time: %s', piece => {
    const split = (length: number) => splitList(`"${piece.repeat(length / piece.length)}\\`);
    expect(growthOf(4_096, split)).toBeLessThan(100);
  });
});

describe('tokens and whitespace', () => {
  it.each(['', 'a b', 'a,b', 'a=b', '"a"', 'a;', 'é', 'a\n', '(a)'])('%j is no token', text => {
    expect(isToken(text)).toBe(false);
  });

  it('trims space and tab only (RFC 9110 §5.6.3)', () => {
    expect(trimWhitespace(' \t a b \t')).toBe('a b');
    expect(trimWhitespace('\u00a0a\n')).toBe('\u00a0a\n');
    expect(trimWhitespace(' \t ')).toBe('');
  });
});
