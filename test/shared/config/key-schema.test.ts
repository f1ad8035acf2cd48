import { describe, expect, it } from 'vitest';
import { createRequestKey, type KeyConfig, type KeySettings } from '../../../shared/config/key-schema.ts';

const SETTINGS: KeySettings = { profile: 'safe', tracking: 'drop', cors: false };
const query = (search: string, key: KeyConfig['query'], settings: Partial<KeySettings> = {}) =>
  createRequestKey({ query: key }, { ...SETTINGS, ...settings }).query(search);

describe('the query', () => {
  it.each<[string, KeyConfig['query'], string]>([
    ['?b=2&a=1&utm_source=x&gclid=y', undefined, '?a=1&b=2'],
    ['?b=2&a=1&utm_source=x', 'all', '?a=1&b=2'],
    ['?b=2&a=1&utm_source=x', ['b', 'utm_source'], '?b=2&utm_source=x'],
    ['?b=2&a=1&utm_source=x', { tracking: 'keep' }, '?a=1&b=2&utm_source=x'],
    ['?b=2&a=1&c=3', { sort: false, drop: ['c'] }, '?b=2&a=1'],
    ['?b=2&ab=1&a=3', { keep: ['a*'], drop: ['ab'] }, '?a=3'],
    ['?utm_source=x', undefined, ''],
  ])('%s by %j: %s', (search, config, expected) => {
    expect(query(search, config)).toBe(expected);
  });

  it('is left alone by the letter of the RFCs, unless a route says otherwise', () => {
    const strict = { profile: 'strict' } as const;
    expect(query('?b=2&a=1&utm_source=x&&', undefined, strict)).toBe('?b=2&a=1&utm_source=x&&');
    expect(query('?b=2&a=1&utm_source=x', { sort: true }, strict)).toBe('?a=1&b=2&utm_source=x');
    expect(query('?b=2&a=1&utm_source=x', { tracking: 'drop' }, strict)).toBe('?b=2&a=1');
  });

  it('keeps tracking parameters where the whole does', () => {
    expect(query('?utm_source=x', 'all', { tracking: 'keep' })).toBe('?utm_source=x');
  });
});

describe('the headers of a key', () => {
  const headersOf = (key: KeyConfig, cors = false) => createRequestKey(key, { ...SETTINGS, cors }).headers;

  it('are those named and those of its facets, each once, in lower case', () => {
    expect(headersOf({})).toEqual([]);
    expect(headersOf({ headers: ['X-Shop', 'Cookie'], cookies: ['a'], device: true })).toEqual([
      'x-shop',
      'cookie',
      'x-device-class',
    ]);
    expect(headersOf({ languages: ['en'] }, true)).toEqual(['accept-language', 'origin']);
  });

  it('reduce nothing where there is no facet', () => {
    expect(createRequestKey({ headers: ['cookie'] }, SETTINGS).facets).toBeUndefined();
  });
});
