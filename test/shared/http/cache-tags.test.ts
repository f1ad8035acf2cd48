import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCacheTag, parseCacheTags } from '../../../shared/http/cache-tags.ts';
import type { Fields } from '../../../shared/http/fields.ts';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`);

describe('parseCacheTags', () => {
  it('reads Surrogate-Key by spaces and Cache-Tag by commas, each tag once, case kept', () => {
    const fields: Fields = [
      ['surrogate-key', 'post-1  Post-1\tblog'],
      ['cache-tag', 'blog, user:7 ,,a/b?c=d'],
      ['surrogate-key', 'second-line'],
    ];
    expect(parseCacheTags(fields)).toEqual({
      valid: true,
      tags: ['post-1', 'Post-1', 'blog', 'second-line', 'user:7', 'a/b?c=d'],
    });
  });

  it('finds none where none are', () => {
    expect(parseCacheTags([])).toEqual({ valid: true, tags: [] });
    expect(
      parseCacheTags([
        ['cache-tag', ' , '],
        ['surrogate-key', ''],
      ]),
    ).toEqual({ valid: true, tags: [] });
  });

  it('takes 64 tags of 256 bytes and not one more', () => {
    expect(parseCacheTags([['surrogate-key', numbered(64).join(' ')]]).valid).toBe(true);
    expect(parseCacheTags([['surrogate-key', numbered(65).join(' ')]])).toEqual({
      valid: false,
      why: 'tag-count',
    });
    expect(
      parseCacheTags([
        ['surrogate-key', numbered(33).join(' ')],
        ['cache-tag', numbered(64).join()],
      ]).valid,
    ).toBe(true);
    expect(parseCacheTags([['cache-tag', 'x'.repeat(256)]]).valid).toBe(true);
    expect(parseCacheTags([['cache-tag', 'x'.repeat(257)]])).toEqual({ valid: false, why: 'tag-length' });
  });

  it.each(['a b', 'ä', 'a\u0007', 'a\u007f', '\ufffd'])('refuses the whole response for the tag %j', tag => {
    expect(parseCacheTags([['cache-tag', `good,${tag}`]])).toEqual({ valid: false, why: 'tag-characters' });
  });

  it('gives back the tags an origin wrote, by either field', () => {
    const tag = fc.stringMatching(/^[!-+\--~]{1,20}$/).filter(isCacheTag);
    fc.assert(
      fc.property(fc.uniqueArray(tag, { maxLength: 64 }), tags => {
        expect(parseCacheTags([['surrogate-key', tags.join(' ')]])).toEqual({ valid: true, tags });
        expect(parseCacheTags([['cache-tag', tags.join(', ')]])).toEqual({ valid: true, tags });
      }),
    );
  });

  it('names only tags that a purge can name', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const parsed = parseCacheTags([
          ['surrogate-key', one],
          ['cache-tag', other],
        ]);
        if (parsed.valid) expect(parsed.tags.every(isCacheTag)).toBe(true);
      }),
    );
  });
});

it.each(['', ' ', 'a,b', 'a b', 'x'.repeat(257)])('%j is no tag to purge by', tag => {
  expect(isCacheTag(tag)).toBe(false);
});
