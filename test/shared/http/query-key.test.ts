import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQueryKey, TRACKING_PARAMETERS } from '../../../shared/http/query-key.ts';

const sorted = createQueryKey({});
const untracked = createQueryKey({ drop: TRACKING_PARAMETERS });

describe('ordering', () => {
  it.each([
    ['', ''],
    ['?', ''],
    ['?b=2&a=1', '?a=1&b=2'],
    ['?a=2&b=1&a=1', '?a=2&a=1&b=1'],
    ['?b&a=', '?a=&b'],
    ['?b=%2f&a=+&A=%2F', '?A=%2F&a=+&b=%2f'],
    ['?a[]=2&a[]=1', '?a[]=2&a[]=1'],
    ['?b=1;a=2', '?b=1;a=2'],
    ['?b=1&&a=2', '?&a=2&b=1'],
    ['?&', '?&'],
  ])('%j becomes %j', (search, expected) => {
    expect(sorted(search)).toBe(expected);
  });

  it('can be left to the client', () => {
    expect(createQueryKey({ sort: false, drop: ['c'] })('?b=2&c=3&a=1')).toBe('?b=2&a=1');
  });
});

describe('choosing', () => {
  it('keeps only what is named', () => {
    const key = createQueryKey({ keep: ['page', 'filter_*'] });
    expect(key('?x=1&page=2&filter_a=3&filter=4&pages=5')).toBe('?filter_a=3&page=2');
    expect(key('?x=1')).toBe('');
    expect(createQueryKey({ keep: [] })('?a=1')).toBe('');
  });

  it('drops what is named, even of what is kept', () => {
    const key = createQueryKey({ keep: ['a*'], drop: ['ab'] });
    expect(key('?a=1&ab=2&abc=3&b=4')).toBe('?a=1&abc=3');
  });

  it('compares names by their bytes: what is written otherwise is another parameter, in the key and to the origin', () => {
    expect(untracked('?utm%5fsource=1&UTM_source=2&utm_source=3')).toBe('?UTM_source=2&utm%5fsource=1');
  });

  it('drops a cloaked parameter whole, with all its text up to the next &', () => {
    expect(untracked('?a=1&utm_content=x;callback=evil&b=2')).toBe('?a=1&b=2');
  });

  it('leaves no question mark behind', () => {
    expect(untracked('?utm_source=a&')).toBe('');
  });

  it('knows the tracking parameters, and nothing that only looks like one', () => {
    expect(untracked('?utm_source=a&utm_id=b&gclid=c&fbclid=d&msclkid=e&mc_eid=f&_gl=g')).toBe('');
    expect(untracked('?utm=1&id=2&ref=3&source=4&gclid2=5')).toBe('?gclid2=5&id=2&ref=3&source=4&utm=1');
  });
});

describe('laws', () => {
  const pair = fc
    .tuple(fc.constantFrom('a', 'b', 'utm_x', 'B', ''), fc.constantFrom('', '=', '=1', '=2', '=%41', '=a=b'))
    .map(([name, rest]) => name + rest);
  const pairs = fc.array(pair, { minLength: 1, maxLength: 8 });
  const byName = (texts: readonly string[]) => {
    const groups: Record<string, string[]> = {};
    for (const text of texts) {
      const [name = ''] = text.split('=', 1);
      groups[`#${name}`] = [...(groups[`#${name}`] ?? []), text];
    }
    return Object.entries(groups).sort();
  };

  it('what it gives it gives again', () => {
    fc.assert(
      fc.property(pairs, given => {
        const once = untracked(`?${given.join('&')}`);
        expect(untracked(once)).toBe(once);
      }),
    );
  });

  it('two queries have one key only if each name has the same values in the same order', () => {
    const withText = fc.array(
      pair.filter(text => text !== ''),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(withText, withText, (one, other) => {
        const same = sorted(`?${one.join('&')}`) === sorted(`?${other.join('&')}`);
        const alike = (left: readonly string[], right: readonly string[]) =>
          JSON.stringify(byName(left)) === JSON.stringify(byName(right));
        expect(same).toBe(alike(one, other));
      }),
      { numRuns: 1_000 },
    );
  });
});
