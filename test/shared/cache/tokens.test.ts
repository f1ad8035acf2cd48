import { describe, expect, it } from 'vitest';
import { comparePurges, pairTokens, selectTokens, type TokenPair } from '../../../shared/cache/tokens.ts';

const pairs = (...texts: string[]): TokenPair[] =>
  texts.map(text => [text.split('/')[0] ?? '', text.split('/')[1] ?? '']);

describe('comparePurges', () => {
  it.each([
    ['nothing changed', pairs('h/s', '/'), pairs('h/s', '/'), 'valid'],
    ['no tags at all', [], [], 'valid'],
    ['one hard token changed', pairs('h/s', '/'), pairs('h/s', 'x/'), 'purged'],
    ['one soft token changed', pairs('h/s', '/'), pairs('h/t', '/'), 'soft'],
    ['both changed, of different tags', pairs('/', '/'), pairs('/t', 'x/'), 'purged'],
    ['a token was lost', pairs('h/'), pairs('/'), 'purged'],
    ['one tag fewer', pairs('/', '/'), pairs('/'), 'purged'],
    ['one tag more', pairs('/'), pairs('/', '/'), 'purged'],
    ['unknown then', undefined, [], 'purged'],
    ['unknown now', [], undefined, 'purged'],
  ])('%s', (_, then, now, state) => expect(comparePurges(then, now)).toBe(state));
});

describe('pairTokens', () => {
  it('gives each tag its two, and leaves those unknown for which there are none', () => {
    expect(pairTokens(['a', 'b', 'c'], ['1', '2', '3'])).toEqual([['a', ['1', '2']]]);
    expect(pairTokens([], ['1'])).toEqual([]);
  });
});

describe('selectTokens', () => {
  const tokens = new Map(pairTokens(['a', '__proto__'], ['1', '2', '3', '4']));

  it('gives the tokens in the order of the tags', () => {
    expect(selectTokens(tokens, ['__proto__', 'a', 'a'])).toEqual([
      ['3', '4'],
      ['1', '2'],
      ['1', '2'],
    ]);
    expect(selectTokens(tokens, [])).toEqual([]);
  });

  it('gives none when one is unknown', () => {
    expect(selectTokens(tokens, ['a', 'constructor'])).toBeUndefined();
  });
});
