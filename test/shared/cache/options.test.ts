import { describe, expect, it } from 'vitest';
import {
  CACHE_DEFAULTS,
  type CacheOptions,
  L1_DEFAULTS,
  resolveLoad,
  resolveOptions,
} from '../../../shared/cache/options.ts';

describe('options', () => {
  it('have their defaults', () => {
    const resolved = resolveOptions({});
    expect(resolved).toMatchObject({ ...CACHE_DEFAULTS, l1: L1_DEFAULTS });
    expect(resolved.load).toMatchObject({ ttlMs: 60_000, staleMs: 0, hardTimeoutMs: 30_000, eagerRatio: 1 });
  });

  it('that are undefined are left to the default', () => {
    expect(resolveOptions({ tagsTtlMs: undefined, l1: { ttlMs: undefined } } as never)).toMatchObject({
      tagsTtlMs: 1_000,
      l1: { ttlMs: 5_000 },
    });
  });

  it('of a call stand before those of its cache', () => {
    const { load } = resolveOptions({ defaultTtlMs: 5, staleMs: 7 });
    expect(resolveLoad({ staleMs: 9 }, load)).toMatchObject({ ttlMs: 5, staleMs: 9 });
  });

  const wrong: [CacheOptions, RegExp][] = [
    [{ defaultTtlMs: -1 }, /defaultTtlMs must be from 0 .* got -1/],
    [{ tagsTtlMs: Number.NaN }, /tagsTtlMs .* got NaN/],
    [{ deadlineMs: 0 }, /deadlineMs must be above 0, got 0/],
    [{ maxValueBytes: 0 }, /maxValueBytes must be a whole number above 0, got 0/],
    [{ compressFromBytes: 1.5 }, /compressFromBytes .* got 1.5/],
    [{ l1: { maxBytes: -1 } }, /l1.maxBytes .* got -1/],
    [{ l1: { maxEntries: Number.POSITIVE_INFINITY } }, /l1.maxEntries .* got Infinity/],
    [{ l1: { ttlMs: -1 } }, /l1.ttlMs .* got -1/],
    [{ l1: false }, /needs redis or l1, got neither/],
    [{ keyPrefix: '' }, /keyPrefix .* got ""/],
    [{ keyPrefix: 'a b' }, /keyPrefix .* got "a b"/],
    [{ eagerRatio: 1.1 }, /eagerRatio must be from 0 to 1, got 1.1/],
    [{ jitterRatio: -0.1 }, /jitterRatio must be from 0 to 1, got -0.1/],
    [{ softTimeoutMs: -5 }, /softTimeoutMs .* got -5/],
    [{ lease: { waitMs: -1 } }, /lease.waitMs .* got -1/],
  ];
  it.each(wrong)('%o is refused with what it got', (options, message) => {
    expect(() => resolveOptions(options)).toThrow(message);
  });
});
