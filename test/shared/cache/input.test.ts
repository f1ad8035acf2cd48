import { describe, expect, it } from 'vitest';
import {
  CacheInputError,
  checkDuration,
  checkKey,
  checkSize,
  checkTags,
} from '../../../shared/cache/input.ts';
import { type CacheHome, createCacheHome } from '../../fakes/cache.ts';

const refusal = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });
function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    expect(error).toBeInstanceOf(CacheInputError);
    return error;
  }
}

describe('keys', () => {
  it.each(['k', ' ', 'ключ', 'a\nb', 'k'.repeat(32_768), 'é'.repeat(16_384)])('%.10s… are taken', key => {
    expect(caught(() => checkKey(key))).toBeUndefined();
  });

  it.each([
    ['', /at least one character/],
    ['k'.repeat(32_769), /32768 bytes, got 32769/],
    ['é'.repeat(16_385), /32768 bytes, got 32770/],
    [7 as never, /must be a text, got number/],
  ])('%.10s… are refused, with the limit and what it got', (key, message) => {
    expect(caught(() => checkKey(key))).toEqual(refusal('CACHE_KEY_INVALID', message));
  });
});

describe('tags', () => {
  it('of visible ASCII are taken, up to their bounds', () => {
    const every = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter(
      tag => tag !== ',',
    );
    expect(caught(() => checkTags([...every, 'x'.repeat(256)]))).toBeUndefined();
  });

  it.each(['', ' ', 'a b', 'a,b', ',', 'a\n', 'ü', '\u007f', 'x'.repeat(257), 7 as never])(
    '%.8s is refused',
    tag => {
      expect(caught(() => checkTags(['fine', tag]))).toEqual(
        refusal('CACHE_TAG_INVALID', /visible ASCII.*no comma, got/),
      );
    },
  );

  it('are refused when there are too many', () => {
    const many = Array.from({ length: 993 }, (_, i) => `t${i}`);
    expect(caught(() => checkTags(many))).toEqual(refusal('CACHE_TAG_INVALID', /992 tags, got 993/));
  });
});

describe('durations', () => {
  it.each([undefined, 0, 0.5, 31_536_000_000])('%s is taken', ms => {
    expect(caught(() => checkDuration('ttlMs', ms))).toBeUndefined();
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 31_536_000_001, '5' as never])('%s is refused', ms => {
    expect(caught(() => checkDuration('ttlMs', ms))).toEqual(
      refusal('CACHE_DURATION_INVALID', new RegExp(`ttlMs must be from 0 to 31536000000 ms .*, got ${ms}`)),
    );
  });
});

it('values too large are refused with both sizes', () => {
  expect(caught(() => checkSize('k', 11, 10))).toEqual(
    refusal('CACHE_VALUE_TOO_LARGE', /10 bytes, k takes 11/),
  );
  expect(caught(() => checkSize('k', 10, 10))).toBeUndefined();
});

describe('through the public face nothing wrong is sent', () => {
  const wrong: [string, (home: CacheHome) => Promise<unknown>, string][] = [
    ['a key', home => home.open().get('k'.repeat(40_000)), 'CACHE_KEY_INVALID'],
    [
      'a key made too long by its namespace',
      home => home.open().namespace('users').get('k'.repeat(32_765)),
      'CACHE_KEY_INVALID',
    ],
    ['a tag of a read', home => home.open().get('k', { tags: ['a,b'] }), 'CACHE_TAG_INVALID'],
    ['a tag of a purge', home => home.open().purgeTags(['a b']), 'CACHE_TAG_INVALID'],
    ['a tag that a value gave', home => home.open().set('k', 1, { tags: () => ['ü'] }), 'CACHE_TAG_INVALID'],
    ['a time to live', home => home.open().set('k', 1, { ttlMs: -1 }), 'CACHE_DURATION_INVALID'],
    [
      'a time to live of a load',
      home => home.open().getOrLoad('k', () => 1, { staleMs: Number.NaN }),
      'CACHE_DURATION_INVALID',
    ],
    ['a value', home => home.open({ maxValueBytes: 3 }).set('k', 'long'), 'CACHE_VALUE_TOO_LARGE'],
    ['a value without a meaning', home => home.open().set('k', { f: () => 1 }), 'CACHE_VALUE_UNSUPPORTED'],
    ['a prefix inside a segment', home => home.open().purgePrefix('use'), 'CACHE_KEY_INVALID'],
  ];
  it.each(wrong)('%s', async (_, call, code) => {
    const home = await createCacheHome();
    await expect(call(home)).rejects.toMatchObject({ name: 'CacheInputError', code });
    expect(home.sent()).toEqual([]);
  });
});
