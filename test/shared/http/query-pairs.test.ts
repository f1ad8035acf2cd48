import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinQuery, sortByName, splitQuery } from '../../../shared/http/query-pairs.ts';

it('tells names from texts at the first equals sign', () => {
  expect(splitQuery('?a=1=2&b&=c&&%61=+')).toEqual([
    { name: 'a', text: 'a=1=2' },
    { name: 'b', text: 'b' },
    { name: '', text: '=c' },
    { name: '', text: '' },
    { name: '%61', text: '%61=+' },
  ]);
});

it('is nothing without a query', () => {
  expect([splitQuery(''), splitQuery('?')]).toEqual([[], []]);
  expect([joinQuery([]), joinQuery([{ name: '', text: '' }])]).toEqual(['', '']);
});

it('orders by the code units of names, values in the order they came', () => {
  const sorted = sortByName(splitQuery('?b=2&a=9&B=3&a=1&a'));
  expect(joinQuery(sorted)).toBe('?B=3&a=9&a=1&a&b=2');
});

it('puts together what it took apart', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), text => {
      expect(joinQuery(splitQuery(`?${text}`))).toBe(`?${text}`);
    }),
  );
});
