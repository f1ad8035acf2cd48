import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facetNames, type RequestFacets, reduceToFacets } from '../../../shared/http/request-facets.ts';

const NONE: RequestFacets = { cookies: [], device: false, languages: [] };
const reduce = (facets: Partial<RequestFacets>, ...fields: [string, string][]) =>
  reduceToFacets(fields, { ...NONE, ...facets });

describe('named cookies', () => {
  it.each([
    ['a=1; b=2; session=secret', ['a=1; b=2']],
    ['b=2;a=1', ['a=1; b=2']],
    ['a=1; a=2', ['a=1']],
    ['a=x=y; b="1,2"', ['a=x=y; b="1,2"']],
    ['a', ['a']],
    ['aa=1; A=1; xa=1', []],
    ['', []],
  ])('%s', (sent, kept) => {
    const fields = reduce({ cookies: ['a', 'b'] }, ['cookie', sent], ['accept', 'x']);
    expect(fields).toEqual([['accept', 'x'], ...kept.map(value => ['cookie', value])]);
  });

  it('hide every other one', () => {
    const cookie = fc.tuple(fc.constantFrom('a', 'b', 'c', 'session'), fc.stringMatching(/^[a-z0-9=]{0,5}$/));
    fc.assert(
      fc.property(fc.array(cookie), sent => {
        const [, value = ''] =
          reduce({ cookies: ['a'] }, [
            'cookie',
            sent.map(([name, text]) => `${name}=${text}`).join('; '),
          ])[0] ?? [];
        const first = sent.find(([name]) => name === 'a');
        expect(value).toBe(first ? `a=${first[1]}` : '');
      }),
    );
  });
});

it('the device class stands for all that tells of a browser, and no client’s word for it', () => {
  const phone = 'Mozilla/5.0 (iPhone; Mobile)';
  const fields = reduce(
    { device: true },
    ['user-agent', phone],
    ['sec-ch-ua', 'x'],
    ['x-device-class', 'tablet'],
  );
  expect(fields).toEqual([['x-device-class', 'mobile']]);
});

it('the language is one that the site has, asked for or not', () => {
  const languages = ['en', 'de'];
  expect(reduce({ languages }, ['accept-language', 'de-AT, fr'])).toEqual([['accept-language', 'de']]);
  expect(reduce({ languages })).toEqual([['accept-language', 'en']]);
});

it('without facets nothing is changed, and nothing keyed', () => {
  const fields: [string, string][] = [
    ['cookie', 'a=1'],
    ['user-agent', 'x'],
    ['accept-language', 'de'],
  ];
  expect([reduce({}, ...fields), facetNames(NONE)]).toEqual([fields, []]);
  expect(facetNames({ cookies: ['a'], device: true, languages: ['en'] })).toEqual([
    'cookie',
    'x-device-class',
    'accept-language',
  ]);
});
