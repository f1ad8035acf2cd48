import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EntityTag,
  formatEntityTag,
  matchesStrong,
  matchesWeak,
  parseEntityTag,
  parseEntityTagList,
} from '../../../shared/http/etag.ts';

const strong = (opaque: string): EntityTag => ({ weak: false, opaque });
const weak = (opaque: string): EntityTag => ({ weak: true, opaque });

describe('parseEntityTag (RFC 9110 §8.8.3)', () => {
  it.each([
    ['"xyzzy"', strong('xyzzy')],
    ['W/"xyzzy"', weak('xyzzy')],
    ['""', strong('')],
    [' "a" ', strong('a')],
    ['"a\\"', strong('a\\')],
    ['"a,b"', strong('a,b')],
    ['"é"', strong('é')],
  ])('reads %s', (value, tag) => {
    expect(parseEntityTag(value)).toEqual(tag);
  });

  it.each([
    undefined,
    '',
    'xyzzy',
    "'a'",
    '"a',
    'a"',
    'w/"a"',
    'W/ "a"',
    'W "a"',
    '"a b"',
    '"a"b"',
    '"a", "b"',
    '"\ufffd"',
    '*',
  ])('refuses %j', value => {
    expect(parseEntityTag(value)).toBeUndefined();
  });

  it('is written back as it was', () => {
    const opaque = fc.stringMatching(/^[!#-~\u0080-\u00ff]*$/);
    fc.assert(
      fc.property(opaque, fc.boolean(), (text, isWeak) => {
        const tag = { weak: isWeak, opaque: text };
        expect(parseEntityTag(formatEntityTag(tag))).toEqual(tag);
      }),
    );
  });
});

describe('parseEntityTagList (§13.1.2)', () => {
  it.each([
    ['"xyzzy"', [strong('xyzzy')]],
    ['"xyzzy", "r2d2xxxx", "c3piozzzz"', [strong('xyzzy'), strong('r2d2xxxx'), strong('c3piozzzz')]],
    ['W/"xyzzy" ,W/"r2d2xxxx"', [weak('xyzzy'), weak('r2d2xxxx')]],
    ['"a,b","c"', [strong('a,b'), strong('c')]],
    ['"a\\", "b"', [strong('a\\'), strong('b')]],
    [',, "a" ,', [strong('a')]],
    ['a, "b"', [strong('b')]],
    ['*, "b"', [strong('b')]],
    ['"a", "never closed', [strong('a')]],
    ['', []],
  ])('reads %s', (value, tags) => {
    expect(parseEntityTagList(value)).toEqual(tags);
  });

  it('knows the asterisk alone', () => {
    expect(parseEntityTagList(' * ')).toBe('*');
    expect(parseEntityTagList('"*"')).toEqual([strong('*')]);
  });
});

describe('comparison: the table of §8.8.3.2', () => {
  it.each([
    ['W/"1"', 'W/"1"', false, true],
    ['W/"1"', 'W/"2"', false, false],
    ['W/"1"', '"1"', false, true],
    ['"1"', '"1"', true, true],
  ])('%s with %s: strong %s, weak %s', (one, other, isStrong, isWeak) => {
    const first = parseEntityTag(one) ?? strong('unread');
    const second = parseEntityTag(other) ?? strong('not read');
    expect([matchesStrong(first, second), matchesStrong(second, first)]).toEqual([isStrong, isStrong]);
    expect([matchesWeak(first, second), matchesWeak(second, first)]).toEqual([isWeak, isWeak]);
  });

  it('tells letter case apart', () => {
    expect(matchesWeak(strong('a'), strong('A'))).toBe(false);
  });
});
