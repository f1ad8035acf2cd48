import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsCdns, formatCdnTag, formatTagHeader } from '../../../shared/cdn/tag.ts';

describe('a tag for CDNs', () => {
  it.each(['product-1', 'src-0a1b', 'a:b/c', '!"$%'])('%s stays as it is', async tag => {
    expect(await formatCdnTag(tag)).toBe(tag);
  });

  it('is in lower case: CDNs do not tell cases apart', async () => {
    expect(await formatCdnTag('Product-1')).toBe('product-1');
  });

  it.each(['a*b', '#top', 'a b', 'a,b', 'ä', '', 'x'.repeat(257)])(
    '%j is replaced by its hash',
    async tag => {
      const formatted = await formatCdnTag(tag);
      expect(formatted).toMatch(/^hr-[0-9a-f]{20}$/);
      expect(await formatCdnTag(tag)).toBe(formatted);
    },
  );

  it('always fits, and stays when it is formatted again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 300 }), async tag => {
        const formatted = await formatCdnTag(tag);
        expect(fitsCdns(formatted)).toBe(true);
        expect(await formatCdnTag(formatted)).toBe(formatted);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the header of tags', () => {
  it('has each once, by what separates them at its reader', async () => {
    expect(await formatTagHeader(['b', 'A', 'a'])).toBe('b,a');
    expect(await formatTagHeader(['b', 'A'], ' ')).toBe('b a');
  });

  it('is refused where CDNs would drop tags in silence', async () => {
    const tags = Array.from({ length: 51 }, (_, at) => `t${at}`);
    await expect(formatTagHeader(tags)).rejects.toThrow('51 tags');
    expect((await formatTagHeader(tags.slice(1))).split(',')).toHaveLength(50);
  });
});
