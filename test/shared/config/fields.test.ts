import { describe, expect, it } from 'vitest';
import type { ZodMiniType } from 'zod/mini';
import * as fields from '../../../shared/config/fields.ts';

const FIELDS: Record<string, () => ZodMiniType> = { ...fields };

const GRAMMAR: [string, readonly unknown[], readonly unknown[]][] = [
  ['duration', ['0s', '500ms', '7d', '365d'], ['5', 5, '', '1w', '-1s', null, undefined, ['1s']]],
  ['timeout', ['1ms', '600000ms', '10m'], ['0ms', '0d', '600001ms', '1h', '25d', 5, null]],
  ['fieldName', ['accept', 'X-A', "!#$%&'*+.^_`|~"], ['', 'a b', 'a:', 'ü', 'a\n']],
  ['fieldValue', ['a', 'a b', 'max-age=60, x="y"', '!'], ['', ' a', 'a ', 'a\nb', 'ü', 'a\0b', 5]],
  ['cookieName', ['a', 'a-b_c', '__Host-id'], ['', 'a=b', 'a;b', 'a b', 'ü']],
  ['language', ['de', 'de-AT', 'zh-Hant-TW', 'sr-Latn'], ['', '*', 'de_AT', 'de-', 'averylongone', 5]],
  ['parameter', ['a', 'utm_*', 'a[]', '', '%41', 'a.b'], ['a=b', 'a&b', 'a b', 'a*b', '**', '#', 5]],
  ['path', ['/', '/a/:b'], ['', 'a', 'http://a.test/', 5]],
  ['pattern', ['/:a/:b', '/*', '/a:b', '/:a-:b', '/::a'], ['/:a/:a', '/:a/x/:a', ':a', '*']],
  ['tag', ['a', 'product-:id', '!~', 'x'.repeat(256)], ['', 'a b', 'a,b', 'ü', 'a\n', 'x'.repeat(257)]],
  ['bytes', [0, 1, 2 ** 40], [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '5', null]],
  [
    'originUrl',
    ['http://a.test', 'https://a.test:8443/', 'http://[::1]'],
    ['a.test', 'ftp://a.test', 'http://a.test/b', 'http://a.test?b', 'http://u:p@a.test', ''],
  ],
];

describe('the fields of a configuration', () => {
  it.each(GRAMMAR)('%s', (name, right, wrong) => {
    const isAccepted = (value: unknown) => FIELDS[name]?.().safeParse(value).success;
    expect(right.filter(value => !isAccepted(value))).toEqual([]);
    expect(wrong.filter(isAccepted)).toEqual([]);
  });

  it('are all tested', () => {
    expect(GRAMMAR.map(([name]) => name).sort()).toEqual(Object.keys(FIELDS).sort());
  });
});
