import { expect, test } from 'vitest';
import { forwardsLeft } from '../../../shared/http/max-forwards.ts';

test.each([
  ['OPTIONS', '0', 'last'],
  ['TRACE', ' 00 ', 'last'],
  ['OPTIONS', '1', 0],
  ['TRACE', '10', 9],
  ['OPTIONS', '99999999999999999999', 255],
  ['OPTIONS', '-1', undefined],
  ['TRACE', '1, 0', undefined],
  ['OPTIONS', '', undefined],
  ['GET', '0', undefined],
  ['POST', '3', undefined],
])('%s with Max-Forwards %j: %s', (method, value, left) => {
  expect(forwardsLeft(method, [['max-forwards', value]])).toBe(left);
});

test('a request that sets no limit has none', () => {
  expect(forwardsLeft('OPTIONS', [])).toBeUndefined();
});
