import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyNoVarySearch,
  type NoVarySearch,
  parseNoVarySearch,
} from '../../../shared/http/no-vary-search.ts';

const parse = (value: string) => parseNoVarySearch([['no-vary-search', value]]);
const rule = (value: string) => parse(value) as NoVarySearch;
const apply = (value: string, search: string) => applyNoVarySearch(search, rule(value));

describe('parseNoVarySearch: the draft’s tables (§5.2.1)', () => {
  it.each([
    ['key-order', { ignoresOrder: true, names: 'ignored', listed: [] }],
    ['key-order=?1', { ignoresOrder: true, names: 'ignored', listed: [] }],
    ['params=("a")', { ignoresOrder: false, names: 'ignored', listed: ['a'] }],
    ['except=("x")', { ignoresOrder: false, names: 'counted', listed: ['x'] }],
    ['except=()', { ignoresOrder: false, names: 'counted', listed: [] }],
    ['except=("x"), key-order', { ignoresOrder: true, names: 'counted', listed: ['x'] }],
    ['params=("a";p=1 "b");q, x-new=7', { ignoresOrder: false, names: 'ignored', listed: ['a', 'b'] }],
    ['params=("%C3%A9+%E6%B0%97")', { ignoresOrder: false, names: 'ignored', listed: ['é 気'] }],
  ])('%s', (value, expected) => {
    expect(parse(value)).toEqual(expected);
  });

  it.each([
    ['params', { ignoresOrder: false, names: 'counted', listed: [] }],
    ['params, except=("x")', { ignoresOrder: false, names: 'counted', listed: ['x'] }],
    ['key-order, params, except=("x" "y")', { ignoresOrder: true, names: 'counted', listed: ['x', 'y'] }],
  ])('%s, as browsers spell it', (value, expected) => {
    expect(parse(value)).toEqual(expected);
  });

  it.each([
    'key-order="not a boolean"',
    'params="not an inner list"',
    'params=(not-a-string)',
    'params=?0',
    'params=("a"), except=("x")',
    'params=(), except=()',
    'except="not an inner list"',
    'except=(not-a-string)',
    'except=?1',
    'params=?0, except=("x")',
    'key-order, params=?0',
    'params=()',
    'key-order=?0',
    'x-new',
    '',
    'params=("a"',
    'Params=("a")',
  ])('%j: the whole query counts', value => {
    expect(parse(value)).toBeUndefined();
  });

  it('is nothing where the field is not', () => {
    expect(parseNoVarySearch([])).toBeUndefined();
  });
});

describe('applyNoVarySearch', () => {
  it.each([
    ['params=("a")', '?b=2&a=1&c', '?b=2&c'],
    ['params=("a")', '?a=1', ''],
    ['params=("a")', '', ''],
    ['params=("a")', '?&b=1&&', '?b=1'],
    ['except=("a")', '?b=2&a=2&a=1&c', '?a=2&a=1'],
    ['except=()', '?b=2&a=1', ''],
    ['params', '?b=2&a=1', ''],
    ['key-order', '?b=2&a=2&a=1', '?a=2&a=1&b=2'],
    ['key-order, params=("a")', '?c&a&b', '?b&c'],
    ['params=("a b")', '?a+b=1&a%20b=2&c', '?c'],
    ['params=("%C3%A9")', '?%C3%A9=1&é=2&e=3', '?e=3'],
    ['params=("a%26b" "?x" "c%3Dd")', '?a%26b=1&%3fx=2&?x=3&c%3dd=4&e', '?e'],
    ['params=("constructor" "__proto__")', '?__proto__=1&toString=2', '?toString=2'],
  ])('%s: %j is known as %j', (value, search, expected) => {
    expect(apply(value, search)).toBe(expected);
  });

  it('changes no byte of what counts, so that an origin may decode as it likes', () => {
    expect(apply('params=("x")', '?a=%41+%zz;b&x=1')).toBe('?a=%41+%zz;b');
  });
});

describe('laws', () => {
  const text = fc.constantFrom(
    'a=1',
    'a=2',
    'a',
    'b=1',
    '%61=1',
    'a+b=1',
    'a%20b=1',
    'c=%31',
    '',
    '=',
    'b=1=2',
  );
  const search = fc.array(text, { maxLength: 6 }).map(pairs => `?${pairs.join('&')}`);
  const value = fc.constantFrom(
    'key-order',
    'params=("a")',
    'except=("a" "a+b")',
    'params',
    'key-order, params=("b" "a b")',
  );

  it('what it gives it gives again', () => {
    fc.assert(
      fc.property(value, search, (given, query) => {
        expect(apply(given, apply(given, query))).toBe(apply(given, query));
      }),
    );
  });

  it('two queries known as one are equivalent by the draft’s own comparison (§6)', () => {
    fc.assert(
      fc.property(value, search, search, (given, one, other) => {
        if (apply(given, one) === apply(given, other))
          expect(compared(rule(given), one)).toEqual(compared(rule(given), other));
      }),
      { numRuns: 2_000 },
    );
  });

  /** What the draft compares: decoded pairs, filtered, in order or sorted by name. */
  function compared({ names, listed, ignoresOrder }: NoVarySearch, query: string): [string, string][] {
    const pairs = [...new URLSearchParams(query)].filter(
      ([name]) => listed.includes(name) === (names === 'counted'),
    );
    return ignoresOrder
      ? pairs.toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)))
      : pairs;
  }
});
