import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectLanguage } from '../../../shared/http/language.ts';

const SITE = ['en', 'de', 'de-CH', 'pt-BR', 'zh-Hant'];

describe('the language of a site that suits best', () => {
  it.each([
    ['de', 'de'],
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['de-ch', 'de-CH'],
    ['DE-CH-1996', 'de-CH'],
    ['fr, de;q=0.5', 'de'],
    ['fr;q=1.0, en;q=0.1, de;q=0.2', 'de'],
    ['pt', 'pt-BR'],
    ['zh-Hant-TW', 'zh-Hant'],
    ['zh', 'zh-Hant'],
    ['*', 'en'],
    ['en;q=0, *', 'de'],
    ['de;q=0, de-AT', 'en'],
    ['fr', 'en'],
    ['', 'en'],
    [undefined, 'en'],
    ['de;q=2', 'en'],
    ['de_AT', 'en'],
    ['"de"', 'en'],
    ['d, e', 'en'],
  ])('%s: %s', (value, expected) => {
    expect(selectLanguage(value, SITE)).toBe(expected);
  });

  it('is always one that the site has, whatever is asked for', () => {
    const piece = fc.oneof(fc.constantFrom(...SITE, '*', ';q=0', ';q=0.5', ',', 'en-GB'), fc.string());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 100 }), pieces => {
        expect(SITE).toContain(selectLanguage(pieces.join(''), SITE));
      }),
    );
  });

  it('does not depend on how the field is spelled', () => {
    const range = fc.tuple(fc.constantFrom(...SITE, 'fr', 'en-GB'), fc.constantFrom('0.1', '0.5', '1.0'));
    fc.assert(
      fc.property(fc.array(range), ranges => {
        const plain = ranges.map(([name, weight]) => `${name};q=${weight}`).join(',');
        const odd = ranges.map(([name, weight]) => `${name.toUpperCase()} ;\tQ=${weight}00`).join(' ,, ');
        expect(selectLanguage(odd, SITE)).toBe(selectLanguage(plain, SITE));
      }),
    );
  });
});
