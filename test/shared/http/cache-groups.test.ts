import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  groupTags,
  invalidatedGroupTags,
  MAX_GROUP_BYTES,
  MAX_GROUPS,
} from '../../../shared/http/cache-groups.ts';
import { isCacheTag } from '../../../shared/http/cache-tags.ts';

const ORIGIN = 'https://example.com';
const groups = (value: string, origin = ORIGIN) => groupTags([['cache-groups', value]], origin);
const listOf = (count: number, length = 32) =>
  Array.from({ length: count }, (_, at) => `"${String(at).padStart(length, 'x')}"`).join(', ');

describe('Cache-Groups (RFC 9875 §2)', () => {
  it('the RFC’s example', () => {
    expect(groups('"scripts"')).toEqual([',,https://example.com,scripts']);
  });

  it('any text, each once, without parameters', () => {
    expect(groups('"a b";p=1, "c,d", "a b", ""')).toEqual([
      ',,https://example.com,a b',
      ',,https://example.com,c,d',
      ',,https://example.com,',
    ]);
  });

  it('tells case and origins apart (§2.1)', () => {
    expect(groups('"a"')).not.toEqual(groups('"A"'));
    expect(groups('"a"')).not.toEqual(groups('"a"', 'http://example.com'));
    expect(groups('"a"')).not.toEqual(groups('"a"', 'https://example.com:8443'));
  });

  it.each(['scripts', '"a", b', '("a" "b")', '"a', '"a",', '1', ''])('%j is no list of Strings', value => {
    expect(groups(value)).toEqual([]);
  });

  it('takes the 32 groups of 32 characters that every cache must, and more within bounds', () => {
    expect(groups(listOf(32))).toHaveLength(32);
    expect(groups(listOf(MAX_GROUPS, MAX_GROUP_BYTES))).toHaveLength(MAX_GROUPS);
    expect(groups(listOf(MAX_GROUPS + 1))).toEqual([]);
    expect(groups(`"a", ${listOf(1, MAX_GROUP_BYTES + 1)}`)).toEqual([]);
  });
});

describe('Cache-Group-Invalidation (§3)', () => {
  const invalidated = (method: string) =>
    invalidatedGroupTags(method, [['cache-group-invalidation', '"eurovision-results", "australia"']], ORIGIN);

  it('goes with a change, under the same names', () => {
    expect(invalidated('POST')).toEqual(groups('"eurovision-results", "australia"'));
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])('means nothing on an answer to %s', method => {
    expect(invalidated(method)).toEqual([]);
  });
});

describe('the names of tags', () => {
  const origin = fc.constantFrom('https://a.example', 'https://b.example', 'http://a.example:8080');
  const group = fc.string({ unit: fc.constantFrom(...'ab,: /."\\'), maxLength: 12 });
  const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

  it('differ wherever group or origin do', () => {
    fc.assert(
      fc.property(origin, group, origin, group, (oneOrigin, one, otherOrigin, other) => {
        const same = groups(quoted(one), oneOrigin)[0] === groups(quoted(other), otherOrigin)[0];
        expect(same).toBe(oneOrigin === otherOrigin && one === other);
      }),
    );
  });

  it('are no tag of any other kind', () => {
    fc.assert(
      fc.property(origin, group, (from, text) => {
        const [tag = ''] = groups(quoted(text), from);
        expect(isCacheTag(tag)).toBe(false);
        expect(tag).toMatch(/^,,/);
      }),
    );
  });
});
