import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../shared/http/fields.ts';
import { readDictionary, readStrings } from '../../../shared/http/structured-fields.ts';

const lines = (...values: string[]): Fields => values.map(value => ['x-a', value] as const);
const dictionary = (...values: string[]) => {
  const members = readDictionary(lines(...values), 'x-a');
  return members && Object.fromEntries(Array.from(members, ([name, [value]]) => [name, value]));
};
const strings = (...values: string[]) => readStrings(lines(...values), 'x-a');

describe('readDictionary (RFC 9651 §3.2)', () => {
  it('reads members, joined over lines, the last of one name', () => {
    expect(dictionary('a=1, b;x=2', 'c="d", a=3')).toEqual({ a: 3, b: true, c: 'd' });
  });

  it.each(['', ' ', ',', 'a=1,', 'a=1 b=2', 'A=1', 'a=', 'a="b', 'a=é', '=1', 'a=1;', 'a=0123456789012345'])(
    '%j counts as absent, whole',
    value => expect(dictionary(value)).toBeUndefined(),
  );

  it('is absent where the field is', () => {
    expect(readDictionary([['x-b', 'a=1']], 'x-a')).toBeUndefined();
  });
});

describe('readStrings (RFC 9651 §3.1)', () => {
  it('reads members, joined over lines, without their parameters', () => {
    expect(strings('"a", "b, c";p=1', '"d\\"e"')).toEqual(['a', 'b, c', 'd"e']);
    expect(strings('')).toEqual([]);
  });

  it.each(['a', '"a", b', '"a", 1', '"a", ("b")', '"a", :YQ==:', '"a", ?1', '"a",', '"a', '"é"', "'a'"])(
    '%j counts as absent, whole',
    value => expect(strings(value)).toBeUndefined(),
  );
});

it('never throws on any value', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'a=1,;"()?:@%\\ ') }),
  );
  fc.assert(
    fc.property(value, text => {
      readDictionary(lines(text), 'x-a');
      readStrings(lines(text), 'x-a');
    }),
  );
});
