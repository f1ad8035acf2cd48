import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsCdns, formatCdnTag, formatTagHeader } from '../../../shared/cdn/tag.ts';

describe('a tag for CDNs', () => {
  it.each(['product-1', 'src-0a1b', 'a:b/c', '!"$%'])('%s stays as it is', tag => {
    expect(formatCdnTag(tag)).toBe(tag);
  });

  it('is in lower case: CDNs do not tell cases apart', () => {
    expect(formatCdnTag('Product-1')).toBe('product-1');
  });

  it.each(['a*b', '#top', 'a b', 'a,b', 'ä', '', 'x'.repeat(257)])('%j is replaced by its hash', tag => {
    const formatted = formatCdnTag(tag);
    expect(formatted).toMatch(/^hr-[0-9a-z]{1,7}$/);
    expect(formatCdnTag(tag)).toBe(formatted);
  });

  it('always fits, and stays when it is formatted again', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), tag => {
        const formatted = formatCdnTag(tag);
        expect(fitsCdns(formatted)).toBe(true);
        expect(formatCdnTag(formatted)).toBe(formatted);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the header of tags', () => {
  it('has each once, by what separates them at its reader', () => {
    expect(formatTagHeader(['b', 'A', 'a'], 'cache-tag')).toBe('b,a');
    expect(formatTagHeader(['b', 'A'], 'surrogate-key')).toBe('b a');
  });

  it('is not made where CDNs would drop tags in silence', () => {
    const tags = Array.from({ length: 51 }, (_, at) => `t${at}`);
    expect(formatTagHeader(tags, 'cache-tag')).toBeUndefined();
    expect(formatTagHeader(tags.slice(1), 'cache-tag')?.split(',')).toHaveLength(50);
  });
});
