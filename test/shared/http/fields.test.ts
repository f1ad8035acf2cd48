import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  declaredLength,
  type Fields,
  fieldsOf,
  fieldValue,
  hasField,
  withFields,
  withoutFields,
} from '../../../shared/http/fields.ts';

const LINES: Fields = [
  ['vary', 'accept'],
  ['set-cookie', 'a=1'],
  ['vary', 'cookie'],
  ['set-cookie', 'b=2'],
];

describe('fields', () => {
  it('takes what Headers iterates: lower-case names, Set-Cookie lines apart', () => {
    const headers = new Headers({ 'Content-Type': 'text/html' });
    headers.append('Set-Cookie', 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT');
    headers.append('Set-Cookie', 'b=2');
    expect(fieldsOf(headers)).toEqual([
      ['content-type', 'text/html'],
      ['set-cookie', 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT'],
      ['set-cookie', 'b=2'],
    ]);
  });

  it('takes pairs of any letter case', () => {
    expect(fieldsOf([['X-A', 'B']])).toEqual([['x-a', 'B']]);
  });

  it('joins repeated lines in order (RFC 9110 §5.3)', () => {
    expect(fieldValue(LINES, 'vary')).toBe('accept, cookie');
    expect(fieldValue([['a', '']], 'a')).toBe('');
    expect(fieldValue(LINES, 'age')).toBeUndefined();
  });

  it('removes and replaces every line of a name', () => {
    expect(withoutFields(LINES, ['vary'])).toEqual([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
    expect(fieldValue(withFields(LINES, [['vary', '*']]), 'vary')).toBe('*');
    expect(withFields(LINES, [])).toEqual(LINES);
  });

  it('keeps replacements that come as several lines', () => {
    const updated = withFields(
      [['link', 'old']],
      [
        ['link', '1'],
        ['link', '2'],
      ],
    );
    expect(fieldValue(updated, 'link')).toBe('1, 2');
  });

  it('reads Content-Length where it says one thing clearly', () => {
    const declared = (...values: string[]) =>
      declaredLength(values.map(value => ['content-length', value] as const));
    expect([declared('0'), declared('1234')]).toEqual([0, 1234]);
    for (const unclear of [[], [''], ['-1'], ['1.5'], ['5 '], ['0x5'], ['5', '6'], ['9'.repeat(16)]]) {
      expect(declared(...unclear)).toBeUndefined();
    }
  });

  it('holds no removed name, whatever the fields', () => {
    const anyFields = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.string()));
    fc.assert(
      fc.property(anyFields, fields => {
        const rest = withoutFields(fields, ['a']);
        expect(hasField(rest, 'a')).toBe(false);
        expect(fieldValue(rest, 'b')).toBe(fieldValue(fields, 'b'));
      }),
    );
  });
});
