import { expect, test, vi } from 'vitest';
import { createPreparedHeaders } from '../../../../edge/proxy/delivering/prepared-headers.ts';
import type { Stored } from '../../../../edge/proxy/stored.ts';

const stored = () => ({ status: 200, fields: [] }) as unknown as Stored;
const makeOf = (text: string) => vi.fn(() => new Headers({ 'x-says': text }));

test('headers are made once for the same words, and anew for others', () => {
  const prepared = createPreparedHeaders();
  const page = stored();
  const [first, second] = [makeOf('1'), makeOf('2')];
  expect(prepared(page, 'age 1', first)).toBe(prepared(page, 'age 1', first));
  expect(first).toHaveBeenCalledTimes(1);
  expect(prepared(page, 'age 2', second).get('x-says')).toBe('2');
});

test('no response is given the headers of another', () => {
  const prepared = createPreparedHeaders();
  const pages = [stored(), stored()];
  const texts = pages.map((page, i) => prepared(page, 'same', makeOf(`${i}`)).get('x-says'));
  expect(texts).toEqual(['0', '1']);
});

test('headers of very many responses are forgotten', () => {
  const prepared = createPreparedHeaders();
  const page = stored();
  const make = makeOf('first');
  prepared(page, '', make);
  for (let i = 0; i < 1_000; i++) prepared(stored(), '', makeOf('other'));
  prepared(page, '', make);
  expect(make).toHaveBeenCalledTimes(2);
});
