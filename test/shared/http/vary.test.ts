import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../shared/http/fields.ts';
import { parseVary, varyValues } from '../../../shared/http/vary.ts';

const vary = (...lines: string[]): Fields => lines.map(line => ['vary', line] as const);
const valueUnder = (name: string, ...lines: string[]) =>
  varyValues(
    [name],
    lines.map(line => [name, line] as const),
  )[0]?.[1];

describe('parseVary (RFC 9110 §12.5.5)', () => {
  it('is lower-case, sorted, each once', () => {
    expect(parseVary(vary('Cookie, accept-encoding ,COOKIE,, Accept'))).toEqual([
      'accept',
      'accept-encoding',
      'cookie',
    ]);
  });

  it('joins repeated lines: the second one counts as much as the first', () => {
    expect(parseVary(vary('Accept-Encoding', 'Cookie'))).toEqual(['accept-encoding', 'cookie']);
    expect(parseVary(vary('Accept-Encoding', '*'))).toBe('*');
  });

  it('is nothing where nothing is said', () => {
    expect(parseVary([])).toEqual([]);
    expect(parseVary(vary(''))).toEqual([]);
  });

  it.each(['*', 'a, *', '*, a', ' * ', '"a"', 'a b', 'a;b', 'accept/encoding', 'é'])(
    '%j can match no request',
    value => {
      expect(parseVary(vary(value))).toBe('*');
    },
  );
});

describe('varyValues (RFC 9111 §4.1)', () => {
  it('tells absent from empty', () => {
    expect(varyValues(['x-a', 'x-b'], [['x-a', '']])).toEqual([
      ['x-a', ''],
      ['x-b', null],
    ]);
  });

  it('joins repeated lines', () => {
    expect(valueUnder('x-a', '1', '2')).toBe('1, 2');
  });

  it('brings Accept-Encoding to its normal form', () => {
    expect(valueUnder('accept-encoding', 'gzip;q=0.5,deflate,br')).toBe('br, gzip');
    expect(valueUnder('accept-encoding')).toBeNull();
  });

  it('ignores space around commas where the syntax is known', () => {
    expect(valueUnder('accept', 'text/html ,  */*;q=0.8')).toBe('text/html,*/*;q=0.8');
    expect(valueUnder('accept', 'a/b;x=", "', 'c/d')).toBe('a/b;x=", ",c/d');
    expect(valueUnder('accept-language', 'de-DE, EN;q=0.9')).toBe('de-de,en;q=0.9');
  });

  it('keeps the case of Accept, whose parameters may have one', () => {
    expect(valueUnder('accept', 'text/html;v=A')).not.toBe(valueUnder('accept', 'text/html;v=a'));
  });

  it('changes nothing of a field it does not know but space at its ends', () => {
    expect(valueUnder('x-a', ' A , b ')).toBe('A , b');
    expect(valueUnder('cookie', 'a=1,  b=2')).toBe('a=1,  b=2');
    expect(valueUnder('authorization', 'Basic QQ==')).not.toBe(valueUnder('authorization', 'basic qq=='));
  });

  it('never takes requests that differ in an unknown field for one', () => {
    const text = fc.string({ unit: 'grapheme-ascii' }).map(value => value.trim());
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(valueUnder('x-user', one) === valueUnder('x-user', other)).toBe(one === other);
      }),
    );
  });

  it('keeps names such as __proto__ apart from the machinery', () => {
    expect(varyValues(['__proto__', 'constructor'], [['__proto__', 'x']])).toEqual([
      ['__proto__', 'x'],
      ['constructor', null],
    ]);
  });
});
