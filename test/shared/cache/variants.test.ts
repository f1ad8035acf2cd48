import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Forks, mergeForks, NO_FORKS, variantKey, variantText } from '../../../shared/cache/variants.ts';

const lookup = (base: string, facets: Record<string, string> = {}) => ({
  base,
  facets: new Map(Object.entries(facets)),
  tags: [],
});

describe('variantKey', () => {
  it('is the base alone where nothing varies', () => {
    expect(variantKey(lookup('https://a.test/?b=c', { lang: 'de' }), [])).toBe('https://a.test/?b=c');
  });

  it('names each telling facet, and tells absent from empty', () => {
    const facets = { lang: '', accept: 'a/b, c:d' };
    expect(variantKey(lookup('k', facets), ['accept', 'dnt', 'lang'])).toBe('k\naccept:a/b, c:d\ndnt\nlang:');
  });

  it('is the same only for the same base and the same telling facets', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ':', '\n', '\\', 'n'), maxLength: 6 });
    const facets = fc.dictionary(fc.constantFrom('a', 'n', 'lang'), text);
    const names = fc.subarray(['a', 'lang', 'n']);
    const given = fc.record({ base: text, facets, names });
    const told = ({
      base,
      facets: all,
      names: telling,
    }: {
      base: string;
      facets: Record<string, string>;
      names: string[];
    }) => JSON.stringify([base, telling.map(name => [name, all[name] ?? null])]);
    fc.assert(
      fc.property(given, given, (one, other) => {
        const [left, right] = [one, other].map(g => variantKey(lookup(g.base, g.facets), g.names));
        expect(left === right).toBe(told(one) === told(other));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('variantText', () => {
  it('asks the facets, not what objects inherit', () => {
    expect(variantText(new Map([['a', 'b']]), ['constructor', '__proto__'])).toBe('constructor\n__proto__');
  });
});

describe('mergeForks', () => {
  const HOUR_MS = 3_600_000;
  const known: Forks = { names: ['accept', 'lang'], deadAt: 10 * HOUR_MS };

  it('keeps what is known when nothing is new and it lasts', () => {
    expect(mergeForks(known, ['lang'], 10 * HOUR_MS)).toBe(known);
    expect(mergeForks(known, [], 0)).toBe(known);
    expect(mergeForks(NO_FORKS, [], Number.POSITIVE_INFINITY)).toBe(NO_FORKS);
  });

  it('adds names, sorted and once each, and never loses one', () => {
    expect(mergeForks(known, ['enc', 'lang', 'enc'], 0).names).toEqual(['accept', 'enc', 'lang']);
    expect(mergeForks(NO_FORKS, ['b', 'a'], 5)).toEqual({ names: ['a', 'b'], deadAt: 5 + HOUR_MS });
  });

  it('lasts longer than the value, with time to spare, and never shorter than before', () => {
    expect(mergeForks(known, [], 10 * HOUR_MS + 1).deadAt).toBe(11 * HOUR_MS + 1);
    expect(mergeForks(known, ['enc'], 0).deadAt).toBe(10 * HOUR_MS);
  });
});
